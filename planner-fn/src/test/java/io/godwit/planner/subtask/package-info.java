/** Tests of a subtask's decisions. */
@NullMarked
package io.godwit.planner.subtask;

import org.jspecify.annotations.NullMarked;
