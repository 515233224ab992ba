package io.godwit.core.expression;

import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.BlankPaddedChar;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.Temporal;
import io.godwit.core.type.TypeDecision;
import io.godwit.core.type.TypeLattice;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import io.godwit.core.type.codec.FieldConverter;
import io.godwit.core.type.codec.FieldConverters;
import io.godwit.core.type.codec.FieldWriter;
import io.godwit.core.type.codec.InvalidValueException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From type to type, as the lattice has it. */
final class Conversions {
    private Conversions() {}

    /**
     * The value as one of another type; a literal is converted at once.
     *
     * @throws InvalidValueException where there is no way, or a literal has none
     */
    static Typed to(LogicalType type, Typed from) {
        if (from.isNullLiteral()) {
            return new Typed(type, row -> null, from.literal());
        }
        if (from.type().equals(type)) {
            return from;
        }
        TypeDecision decision = TypeLattice.decide(from.type(), type);
        if (decision.kind() == TypeDecision.Kind.IMPOSSIBLE) {
            throw new InvalidValueException(decision.reason());
        }
        Evaluator evaluator = isSameInJava(from.type(), type) ? from.evaluator() : converted(from, type);
        if (from.literal() == null) {
            return Typed.of(type, evaluator);
        }
        Object value = evaluator.of(NoRow.INSTANCE);
        return new Typed(type, row -> value, new Node.Literal(from.literal().at(), type, value));
    }

    /** The text form, without the blanks that pad a char(n). */
    static Typed toText(Typed from) {
        return from.type() instanceof BlankPaddedChar || !from.isText() ? to(textType(from), from) : from;
    }

    /** The text type that holds what the value's text is. */
    static LogicalType textType(Typed from) {
        return from.isText() ? Typed.textOf(Typed.longest(from.type())) : Scalar.TEXT;
    }

    /** The type that values of all of them are given; null: there is none. */
    static @Nullable LogicalType common(List<Typed> values) {
        LogicalType common = null;
        for (Typed value : values) {
            if (value.literalText() == null && !value.isNullLiteral()) {
                LogicalType next = common == null ? value.type() : common(common, value.type());
                if (next == null) {
                    return null;
                }
                common = next;
            }
        }
        boolean isText = common == null || Typed.isText(common);
        for (Typed value : values) { // a text among others is read as one of them
            if (isText && value.literalText() != null) {
                common = common == null ? value.type() : common(common, value.type());
            }
        }
        return common == null ? Scalar.TEXT : common;
    }

    private static @Nullable LogicalType common(LogicalType left, LogicalType right) {
        if (left.equals(right)) {
            return left;
        }
        if (Typed.isText(left) && Typed.isText(right)) {
            Integer one = Typed.longest(left);
            Integer other = Typed.longest(right);
            return Typed.textOf(one == null || other == null ? null : Integer.valueOf(Math.max(one, other)));
        }
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return Numbers.common(left, right);
        }
        return time(left, right);
    }

    /** Dates among timestamps, and timestamps of different precisions. */
    private static @Nullable LogicalType time(LogicalType left, LogicalType right) {
        if (left instanceof Temporal one && right instanceof Temporal other) {
            return one.kind() == other.kind() ? new Temporal(one.kind(), null) : null;
        }
        LogicalType timestamp = new Temporal(Temporal.Kind.TIMESTAMP, null);
        boolean dateFirst = left == Scalar.DATE && right instanceof Temporal other && isTimestamp(other);
        boolean dateLast = right == Scalar.DATE && left instanceof Temporal one && isTimestamp(one);
        return dateFirst || dateLast ? timestamp : null;
    }

    private static boolean isTimestamp(Temporal type) {
        return type.kind() == Temporal.Kind.TIMESTAMP;
    }

    private static boolean isSameInJava(LogicalType from, LogicalType to) {
        return Typed.isText(from) && !(from instanceof BlankPaddedChar) && to == Scalar.TEXT;
    }

    private static Evaluator converted(Typed from, LogicalType type) {
        Codec<Object> source = Codecs.of(from.type());
        Codec<Object> target = Codecs.of(type);
        FieldConverter converter = FieldConverters.of(from.type(), type);
        FieldWriter before = new FieldWriter();
        FieldWriter after = new FieldWriter();
        Evaluator evaluator = from.evaluator();
        return row -> {
            Object value = evaluator.of(row);
            if (value == null) {
                return null;
            }
            before.clear();
            after.clear();
            source.write(value, before);
            converter.convert(before.array(), 0, before.length(), after);
            return target.decode(after.array(), 0, after.length());
        };
    }
}
