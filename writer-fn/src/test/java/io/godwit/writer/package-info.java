/** The writer against a real PostgreSQL and a real Kafka. */
@NullMarked
package io.godwit.writer;

import org.jspecify.annotations.NullMarked;
