package io.godwit.core.expression;

import org.jspecify.annotations.Nullable;

/** Computes a value from a row. May keep buffers: not safe for threads. */
@FunctionalInterface
interface Evaluator {

    /**
     * The value, in Java as {@link io.godwit.core.type.codec.Codecs} says; null is NULL.
     *
     * @throws io.godwit.core.type.codec.InvalidValueException where there is none; its message holds no value
     */
    @Nullable
    Object of(Row row);
}
