/** Values that Java has no type for, or whose Java type cannot hold all of them. Immutable, equal by content. */
@NullMarked
package io.godwit.core.type.value;

import org.jspecify.annotations.NullMarked;
