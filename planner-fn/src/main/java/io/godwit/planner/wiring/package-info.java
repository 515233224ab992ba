/** What ties the planner to Quarkus: configuration, threads, ticks, answers to failures. */
@NullMarked
package io.godwit.planner.wiring;

import org.jspecify.annotations.NullMarked;
