/**
 * SQLite files as a source and as a sink.
 *
 * <ul>
 *   <li>Every identifier and every literal in SQL comes from {@link io.godwit.connector.sqlite.Quoting}. Names stand in
 *       backticks: SQLite takes a name in double quotes that is no column's for a text.
 *   <li>Every session comes from {@link io.godwit.connector.sqlite.SqliteSessions}: it reaches the connection's file,
 *       below the folder that the process lends, and nothing else: no other file, no extension, no memory.
 *   <li>A column's declared type says how its values are read; SQLite itself holds any value in any column. A value
 *       that the type does not have is handed over as malformed, never changed:
 *       {@link io.godwit.connector.sqlite.SqliteFields}.
 *   <li>A value that SQLite would change under the column's affinity is refused by the sink, row by row:
 *       {@link io.godwit.connector.sqlite.SqliteValues}.
 *   <li>Transactions that write begin by taking the file's write lock, so that none fails half-way because another came
 *       first; definitions belong to them as rows do.
 *   <li>No SQLException leaves this package: {@link io.godwit.connector.sqlite.SqliteErrors} turns each into a coded
 *       error that holds no secret and no row.
 * </ul>
 */
@NullMarked
package io.godwit.connector.sqlite;

import org.jspecify.annotations.NullMarked;
