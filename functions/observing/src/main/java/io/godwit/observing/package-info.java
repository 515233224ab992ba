/**
 * What is seen of a function that serves alone: Micrometer's meters, OpenTelemetry's spans, logs in JSON. Where this
 * module is not on the class path, in one process on one machine, nothing of it is loaded.
 */
@NullMarked
package io.godwit.observing;

import org.jspecify.annotations.NullMarked;
