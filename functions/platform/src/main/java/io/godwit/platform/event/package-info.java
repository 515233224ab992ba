/**
 * Events as CloudEvents 1.0 over HTTP, binary mode: attributes in {@code ce-} headers, the record in the body. An event
 * that is not exactly of the form of {@code schemas/event/} is refused, and none is larger than brokers need forward.
 */
@NullMarked
package io.godwit.platform.event;

import org.jspecify.annotations.NullMarked;
