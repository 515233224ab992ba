package io.godwit.core.expression;

import io.godwit.core.type.LogicalType;
import io.godwit.core.type.codec.InvalidValueException;
import org.jspecify.annotations.Nullable;

/** An expression, ready for rows. Not safe for threads. */
public final class Evaluation {
    private final Typed typed;

    Evaluation(Typed typed) {
        this.typed = typed;
    }

    /** The type of its values. */
    public LogicalType type() {
        return typed.type();
    }

    /**
     * The value for a row, in Java as {@link io.godwit.core.type.codec.Codecs} says; null is NULL.
     *
     * @throws InvalidValueException where it has none; the message does not show the row's values
     */
    public @Nullable Object of(Row row) {
        return typed.evaluator().of(row);
    }

    /** Whether the condition is true of the row: neither false nor unknown. */
    public boolean isTrue(Row row) {
        return Boolean.TRUE.equals(of(row));
    }
}
