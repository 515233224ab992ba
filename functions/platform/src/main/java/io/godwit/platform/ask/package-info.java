/**
 * Questions over HTTP function invoke: {@code POST BASE/METHOD} with the question as JSON; the answer is status 200
 * with {@code {"value": ...}} or {@code {"error": ...}}. Any other status means that the function was not reached.
 */
@NullMarked
package io.godwit.platform.ask;

import org.jspecify.annotations.NullMarked;
