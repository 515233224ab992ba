/**
 * PostgreSQL 12 and later, as a source and as a sink.
 *
 * <ul>
 *   <li>Every identifier and every literal in SQL comes from {@link io.godwit.connector.postgresql.Quoting}.
 *   <li>Every connection comes from {@link io.godwit.connector.postgresql.PostgresConnections}, which pins whatever
 *       changes how values look: a role's or a database's own settings never change what is read or written.
 *   <li>A source's connection is read-only, and fails where row-level security would hide rows from it.
 *   <li>A table is its own rows: those of tables that inherit from it are theirs. A partitioned table is the rows of
 *       all its partitions.
 *   <li>No SQLException leaves this package: {@link io.godwit.connector.postgresql.PostgresErrors} turns each into a
 *       coded error that holds no secret and no row.
 * </ul>
 */
@NullMarked
package io.godwit.connector.postgresql;

import org.jspecify.annotations.NullMarked;
