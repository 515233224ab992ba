/**
 * A run's way, decided without I/O. A run is COMPLETED only when every step is published and every subtask's rows read
 * are its rows written and quarantined; it is FAILED only with an error; it ends once.
 */
@NullMarked
package io.godwit.planner.run;

import org.jspecify.annotations.NullMarked;
