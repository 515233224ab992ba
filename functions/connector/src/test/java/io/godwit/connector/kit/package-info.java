/**
 * The contracts that every connector's tests extend: what {@link io.godwit.connector.Source} and
 * {@link io.godwit.connector.Sink} promise, asked of a real database.
 */
@NullMarked
package io.godwit.connector.kit;

import org.jspecify.annotations.NullMarked;
