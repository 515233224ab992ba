/**
 * Everything on one machine: the real functions in one process, a broker in Knative's place, a real PostgreSQL and a
 * real Kafka as child processes; and the {@code godwit} command, which talks to it over HTTP as it would to a cluster.
 */
@NullMarked
package io.godwit.local;

import org.jspecify.annotations.NullMarked;
