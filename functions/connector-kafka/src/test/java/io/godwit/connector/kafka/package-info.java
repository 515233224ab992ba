@NullMarked
package io.godwit.connector.kafka;

import org.jspecify.annotations.NullMarked;
