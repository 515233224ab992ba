/**
 * MySQL 8 and MariaDB 10.6 and later, as a source and as a sink; tested against MariaDB.
 *
 * <ul>
 *   <li>Every identifier and every literal in SQL comes from {@link io.godwit.connector.mysql.Quoting}.
 *   <li>Every connection comes from {@link io.godwit.connector.mysql.MySqlSessions}, which pins what changes how values
 *       look and what SQL means: the server's own {@code sql_mode} and time zone never change what is read or written.
 *       SQL is standard SQL there: names in double quotes, a backslash is a character.
 *   <li>No SQLException leaves this package: {@link io.godwit.connector.mysql.MySqlErrors} turns each into a coded
 *       error that holds no secret and no row.
 * </ul>
 */
@NullMarked
package io.godwit.connector.mysql;

import org.jspecify.annotations.NullMarked;
