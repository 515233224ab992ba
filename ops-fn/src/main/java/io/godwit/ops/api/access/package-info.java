/**
 * Who may ask the API what. Nothing but health is open: a path that nobody opened is refused, an endpoint that names no
 * role is refused, and so is all of the API while it is not said whose tokens count (ADR 0014). The single process of
 * {@code local} has a guard of its own, and leaves this one out when it is built.
 */
@NullMarked
package io.godwit.ops.api.access;

import org.jspecify.annotations.NullMarked;
