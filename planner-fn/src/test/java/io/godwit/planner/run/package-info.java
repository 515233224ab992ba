/** Tests of a run's decisions. */
@NullMarked
package io.godwit.planner.run;

import org.jspecify.annotations.NullMarked;
