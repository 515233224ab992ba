/** What is decided about callers, by itself. */
@NullMarked
package io.godwit.ops.api.access;

import org.jspecify.annotations.NullMarked;
