@NullMarked
package io.godwit.connector.kafka.avro;

import org.jspecify.annotations.NullMarked;
