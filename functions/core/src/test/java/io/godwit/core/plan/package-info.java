@NullMarked
package io.godwit.core.plan;

import org.jspecify.annotations.NullMarked;
