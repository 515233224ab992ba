/**
 * Databases that are reached through JDBC: what their dialects share. {@code java.sql} ends here; nothing above this
 * package sees it.
 */
@NullMarked
package io.godwit.connector.jdbc;

import org.jspecify.annotations.NullMarked;
