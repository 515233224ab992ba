/** What all dialects share, run as a whole against PostgreSQL, whose dialect here says no more than the kit needs. */
@NullMarked
package io.godwit.connector.jdbc.dialect;

import org.jspecify.annotations.NullMarked;
