/** The planner function: decides what a run will do, stores it before anything is done, and dispatches its subtasks. */
@NullMarked
package io.godwit.planner;

import org.jspecify.annotations.NullMarked;
