@NullMarked
package io.godwit.core.error;

import org.jspecify.annotations.NullMarked;
