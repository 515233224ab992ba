@NullMarked
package io.godwit.ops;

import org.jspecify.annotations.NullMarked;
