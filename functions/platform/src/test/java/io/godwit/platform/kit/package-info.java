/** What the tests of several functions need: one PostgreSQL and one Kafka for a test JVM. */
@NullMarked
package io.godwit.platform.kit;

import org.jspecify.annotations.NullMarked;
