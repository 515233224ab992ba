package io.godwit.core.expression;

import io.godwit.core.type.LogicalType;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * The arguments of a call.
 *
 * @param keys gives the key that a reference means
 */
record Arguments(List<Typed> values, Keys keys) {

    /** Gives keys. */
    @FunctionalInterface
    interface Keys {
        byte[] of(String reference);
    }

    boolean has(int argument) {
        return argument < values.size();
    }

    Typed typed(int argument) {
        return values.get(argument);
    }

    LogicalType type(int argument) {
        return typed(argument).type();
    }

    Evaluator evaluator(int argument) {
        return typed(argument).evaluator();
    }

    /** The text that is written there. */
    String literal(int argument) {
        return Objects.requireNonNull(typed(argument).literalText());
    }

    byte[] key(int argument) {
        return keys.of(literal(argument));
    }

    /** A function of the first argument's text; NULL of NULL. */
    Typed ofText(LogicalType type, TextFunction function) {
        Evaluator first = evaluator(0);
        return Typed.of(type, row -> {
            Object text = first.of(row);
            return text == null ? null : function.of((String) text);
        });
    }

    /** A function of the first argument's text that makes it no longer. */
    Typed keepingLength(UnaryOperator<String> function) {
        return ofText(Typed.textOf(Typed.longest(type(0))), function::apply);
    }

    /** Of one text. */
    @FunctionalInterface
    interface TextFunction {
        Object of(String text);
    }
}
