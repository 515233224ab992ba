/** Adapters between the ports of the core and the outside: events over HTTP, the Kafka exchange, the control store. */
@NullMarked
package io.godwit.platform;

import org.jspecify.annotations.NullMarked;
