/** All functions in one process, with an embedded PostgreSQL and Kafka, and the {@code godwit} command. */
@NullMarked
package io.godwit.local;

import org.jspecify.annotations.NullMarked;
