@NullMarked
package io.godwit.core.job;

import org.jspecify.annotations.NullMarked;
