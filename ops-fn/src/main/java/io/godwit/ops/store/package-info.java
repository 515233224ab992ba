/** The operations centre's tables in the control store, schema {@code ops}. */
@NullMarked
package io.godwit.ops.store;

import org.jspecify.annotations.NullMarked;
