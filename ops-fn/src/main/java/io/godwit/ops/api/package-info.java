/**
 * The HTTP API that people, the command and the console use. What has happened is read from history; what shall happen
 * is asked of the planner. Errors are coded: 4xx where the asker can mend it, 503 where waiting may.
 */
@NullMarked
package io.godwit.ops.api;

import org.jspecify.annotations.NullMarked;
