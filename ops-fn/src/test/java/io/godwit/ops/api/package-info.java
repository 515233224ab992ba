/** The API as its callers meet it: real tokens, real signatures, a real control store. */
@NullMarked
package io.godwit.ops.api;

import org.jspecify.annotations.NullMarked;
