/** History against a real control store. */
@NullMarked
package io.godwit.ops.store;

import org.jspecify.annotations.NullMarked;
