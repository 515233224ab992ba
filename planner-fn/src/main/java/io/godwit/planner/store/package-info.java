/**
 * The planner's tables. Nothing outside knows SQL. Whoever changes anything of a run holds its row locked; facts and
 * events are stored with the change that they tell of.
 */
@NullMarked
package io.godwit.planner.store;

import org.jspecify.annotations.NullMarked;
