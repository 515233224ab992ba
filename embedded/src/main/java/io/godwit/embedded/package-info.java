/** PostgreSQL and Kafka as child processes of this one, for the local process and for tests. */
@NullMarked
package io.godwit.embedded;

import org.jspecify.annotations.NullMarked;
