@NullMarked
package io.godwit.observing;

import org.jspecify.annotations.NullMarked;
