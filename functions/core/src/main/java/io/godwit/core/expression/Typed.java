package io.godwit.core.expression;

import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.BlankPaddedChar;
import io.godwit.core.type.LogicalType.Enumeration;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.VarChar;
import org.jspecify.annotations.Nullable;

/**
 * A part of an expression, checked.
 *
 * @param literal the literal that it is; null where it is none
 */
record Typed(LogicalType type, Evaluator evaluator, Node.@Nullable Literal literal) {

    static Typed of(LogicalType type, Evaluator evaluator) {
        return new Typed(type, evaluator, null);
    }

    boolean isNullLiteral() {
        return literal != null && literal.value() == null;
    }

    /** A literal text, which may stand for a value of another type. */
    @Nullable
    String literalText() {
        return literal != null && literal.value() instanceof String text ? text : null;
    }

    boolean isText() {
        return isText(type);
    }

    /** What functions of text take as it is. */
    static boolean isText(LogicalType type) {
        return type == Scalar.TEXT
                || type == Scalar.NAME
                || type == Scalar.JSON
                || type == Scalar.JSONB
                || type == Scalar.XML
                || type instanceof VarChar
                || type instanceof BlankPaddedChar
                || type instanceof Enumeration;
    }

    /** The most characters that a text of the type has; null: any number. */
    static @Nullable Integer longest(LogicalType type) {
        if (type instanceof VarChar varchar) {
            return varchar.length();
        }
        if (type instanceof BlankPaddedChar padded) {
            return padded.length();
        }
        return null;
    }

    /** Text of at most so many characters. */
    static LogicalType textOf(@Nullable Integer longest) {
        return longest == null ? Scalar.TEXT : new VarChar(longest);
    }
}
