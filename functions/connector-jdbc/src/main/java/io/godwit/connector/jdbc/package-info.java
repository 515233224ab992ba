/** Sources and sinks reached over JDBC, found by {@link java.util.ServiceLoader} and never referred to by name. */
@NullMarked
package io.godwit.connector.jdbc;

import org.jspecify.annotations.NullMarked;
