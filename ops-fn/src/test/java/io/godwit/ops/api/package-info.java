/** The API as it is asked over HTTP, against a real control store. */
@NullMarked
package io.godwit.ops.api;

import org.jspecify.annotations.NullMarked;
