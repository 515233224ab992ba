/**
 * Which subtask goes where, and when. Windows bound what is under way: they protect sources and sinks, and stop readers
 * when writers are slow.
 */
@NullMarked
package io.godwit.planner.dispatch;

import org.jspecify.annotations.NullMarked;
