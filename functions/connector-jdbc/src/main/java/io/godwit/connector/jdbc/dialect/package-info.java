/**
 * One source and one sink for many kinds of databases: what is the same wherever JDBC leads stands here, once, and what
 * a kind says otherwise is a {@link io.godwit.connector.jdbc.dialect.Dialect}, in small parts.
 *
 * <ul>
 *   <li>A part that makes SQL does nothing else: what it makes is a text, which tests compare.
 *   <li>Names and texts become SQL only through {@link io.godwit.connector.jdbc.dialect.SqlWords}.
 *   <li>Definitions may commit as they go: all that makes some can be done again after it was broken off. The rows of a
 *       subtask and its row of the ledger commit together, always.
 *   <li>A value that the database does not have is refused before it is sent; none is left to a conversion.
 *   <li>No SQLException leaves this package: {@link io.godwit.connector.jdbc.dialect.DialectErrors} turns each into a
 *       coded error that holds no secret and no row.
 * </ul>
 */
@NullMarked
package io.godwit.connector.jdbc.dialect;

import org.jspecify.annotations.NullMarked;
