/**
 * A subtask's way, decided without I/O: whatever is sent twice, late, out of order or never, a subtask ends WRITTEN
 * with the rows that its attempt read, or its run fails and says why.
 */
@NullMarked
package io.godwit.planner.subtask;

import org.jspecify.annotations.NullMarked;
