@NullMarked
package io.godwit.platform.trace;

import org.jspecify.annotations.NullMarked;
