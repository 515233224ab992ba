/**
 * Where in a trace a thread works, as W3C's traceparent: it goes along with events, questions and records. Nothing here
 * needs OpenTelemetry; whoever has it implements {@link io.godwit.platform.trace.Spans}.
 */
@NullMarked
package io.godwit.platform.trace;

import org.jspecify.annotations.NullMarked;
