/** Work that takes longer than an event may, done once by whoever holds it, and again by another where he died. */
@NullMarked
package io.godwit.planner.duty;

import org.jspecify.annotations.NullMarked;
