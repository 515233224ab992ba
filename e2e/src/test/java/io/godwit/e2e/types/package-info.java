/** The page of types, as the code has them. */
@NullMarked
package io.godwit.e2e.types;

import org.jspecify.annotations.NullMarked;
