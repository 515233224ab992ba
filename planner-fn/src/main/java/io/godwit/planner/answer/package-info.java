/** What people ask the planner. */
@NullMarked
package io.godwit.planner.answer;

import org.jspecify.annotations.NullMarked;
