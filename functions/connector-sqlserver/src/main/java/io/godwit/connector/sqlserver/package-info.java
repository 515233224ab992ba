/**
 * SQL Server 2016 and later, as a source and as a sink: the words of a
 * {@link io.godwit.connector.jdbc.dialect.Dialect}, written to the server's documentation. No test runs them against a
 * server.
 *
 * <ul>
 *   <li>Names stand in brackets, texts are N'...': no setting of a server changes what they mean.
 *   <li>Times cross as text in the server's style 121, converted by the server: the driver's classes would pass through
 *       the time zone of this machine, in which some hours do not exist.
 *   <li>What is finer than microseconds travels as text, or ends the reading; it is never rounded here.
 * </ul>
 */
@NullMarked
package io.godwit.connector.sqlserver;

import org.jspecify.annotations.NullMarked;
