package io.godwit.core.expression;

import io.godwit.core.type.LogicalType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression as it was parsed. Every node knows its place in the text, from 0. */
sealed interface Node {
    int at();

    /** A text, a number, true, false or null. */
    record Literal(int at, LogicalType type, @Nullable Object value) implements Node {}

    record ColumnName(int at, String name) implements Node {}

    record Call(int at, String function, List<Node> arguments) implements Node {}

    /** {@code || + - * / = <> < <= > >= and or}. */
    record Binary(int at, String operator, Node left, Node right) implements Node {}

    record Not(int at, Node of) implements Node {}

    record Minus(int at, Node of) implements Node {}

    record IsNull(int at, Node of) implements Node {}

    record Cast(int at, Node of, LogicalType type) implements Node {}

    /** Conditions and what they lead to, and what else; null: NULL. */
    record Case(
            int at,
            List<Node> conditions,
            List<Node> results,
            @Nullable Node otherwise) implements Node {}

    /** What it is made of. */
    static List<Node> parts(Node node) {
        if (node instanceof Call call) {
            return call.arguments();
        }
        if (node instanceof Binary binary) {
            return List.of(binary.left(), binary.right());
        }
        if (node instanceof Not not) {
            return List.of(not.of());
        }
        if (node instanceof Minus minus) {
            return List.of(minus.of());
        }
        if (node instanceof IsNull isNull) {
            return List.of(isNull.of());
        }
        if (node instanceof Cast cast) {
            return List.of(cast.of());
        }
        if (node instanceof Case cases) {
            List<Node> parts = new java.util.ArrayList<>(cases.conditions());
            parts.addAll(cases.results());
            if (cases.otherwise() != null) {
                parts.add(cases.otherwise());
            }
            return parts;
        }
        return List.of();
    }
}
