/**
 * The operations centre: folds what the planner records into run history, progress and logs, and answers people over
 * HTTP.
 *
 * <p>Folding is independent of order and of repetition: each fact is taken once, by its run and sequence, and any order
 * ends in the same rows. Nothing that a run needs to finish lives here.
 *
 * <p>Events that no function would take end here too: kept, shown, and never refused.
 */
@NullMarked
package io.godwit.ops;

import org.jspecify.annotations.NullMarked;
