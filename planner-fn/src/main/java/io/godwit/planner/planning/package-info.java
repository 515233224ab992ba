/** From a job to everything that its run will do. */
@NullMarked
package io.godwit.planner.planning;

import org.jspecify.annotations.NullMarked;
