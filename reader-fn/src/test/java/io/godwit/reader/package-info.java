/** The reader against a real PostgreSQL and a real Kafka. */
@NullMarked
package io.godwit.reader;

import org.jspecify.annotations.NullMarked;
