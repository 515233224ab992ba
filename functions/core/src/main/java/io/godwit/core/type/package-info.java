/** Logical types: what a column holds, and how its bytes lie on the wire. */
@NullMarked
package io.godwit.core.type;

import org.jspecify.annotations.NullMarked;
