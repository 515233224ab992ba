/** Tests of the windows. */
@NullMarked
package io.godwit.planner.dispatch;

import org.jspecify.annotations.NullMarked;
