/** Tests of the planner. */
@NullMarked
package io.godwit.planner;

import org.jspecify.annotations.NullMarked;
