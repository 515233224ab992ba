/**
 * Oracle Database 12.2 and later, as a source and as a sink: the words of a
 * {@link io.godwit.connector.jdbc.dialect.Dialect}, written to the server's documentation. No test runs them against a
 * server.
 *
 * <ul>
 *   <li>The empty text and the empty bytes are NULL here: a row that has one is refused, for NULL is another value.
 *   <li>Dates and times cross as the server's own bytes ({@code oracle.sql.DATE}, {@code TIMESTAMP}), by the labels of
 *       their days: before 1582-10-05 the server counts by the Julian calendar, and says so nowhere.
 *   <li>What is finer than microseconds travels as text, or ends the reading; it is never rounded here.
 *   <li>The server commits with every definition.
 * </ul>
 */
@NullMarked
package io.godwit.connector.oracle;

import org.jspecify.annotations.NullMarked;
