/** Bad input for each connector: what is refused, with which code, and in which words. */
@NullMarked
package io.godwit.e2e.bad;

import org.jspecify.annotations.NullMarked;
