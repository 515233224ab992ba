@NullMarked
package io.godwit.core.expression;

import org.jspecify.annotations.NullMarked;
