package io.godwit.core.expression;

import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.codec.InvalidValueException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What operators do, in SQL's logic of three values: NULL is unknown. */
final class Operators {
    private Operators() {}

    static Evaluator comparison(String operator, Typed left, Typed right) {
        LogicalType common = Conversions.common(List.of(left, right));
        if (common == null || !Comparisons.isOrdered(common)) {
            throw new InvalidValueException(
                    left.type().notation() + " and " + right.type().notation() + " cannot be compared");
        }
        boolean numbers = Numbers.isNumber(common);
        Evaluator one = compared(common, left);
        Evaluator other = compared(common, right);
        return row -> {
            Object first = one.of(row);
            Object second = first == null ? null : other.of(row);
            if (first == null || second == null) {
                return null;
            }
            return Comparisons.holds(
                    operator,
                    numbers
                            ? Comparisons.compare(widest(common, first), widest(common, second))
                            : Comparisons.compare(first, second));
        };
    }

    /** float4 beside float4 has no common type of its own. */
    private static Object widest(LogicalType common, Object value) {
        return Numbers.as(Numbers.common(common, common), value);
    }

    private static Evaluator compared(LogicalType common, Typed value) {
        if (Typed.isText(common)) {
            return Conversions.toText(value).evaluator();
        }
        return Numbers.isNumber(value.type())
                ? value.evaluator()
                : Conversions.to(common, value).evaluator();
    }

    static Typed arithmetic(String operator, Typed left, Typed right) {
        for (Typed side : List.of(left, right)) {
            if (!Numbers.isNumber(side.type()) && !side.isNullLiteral()) {
                throw new InvalidValueException(
                        operator + " is of numbers, not of " + side.type().notation());
            }
        }
        LogicalType common = left.isNullLiteral()
                ? Numbers.common(right.type(), right.type())
                : Numbers.common(left.type(), right.isNullLiteral() ? left.type() : right.type());
        Evaluator one = left.evaluator();
        Evaluator other = right.evaluator();
        return Typed.of(common, row -> {
            Object first = one.of(row);
            Object second = first == null ? null : other.of(row);
            return first == null || second == null ? null : Numbers.compute(operator, common, first, second);
        });
    }

    static Typed concatenation(Typed left, Typed right) {
        Typed first = Conversions.toText(left);
        Typed second = Conversions.toText(right);
        Integer one = Typed.longest(first.type());
        Integer other = Typed.longest(second.type());
        Evaluator before = first.evaluator();
        Evaluator after = second.evaluator();
        return Typed.of(Typed.textOf(one == null || other == null ? null : Integer.valueOf(one + other)), row -> {
            Object begin = before.of(row);
            Object end = begin == null ? null : after.of(row);
            return begin == null || end == null
                    ? null
                    : TextFunctions.append(new StringBuilder((String) begin), (String) end)
                            .toString();
        });
    }

    static Typed logic(String operator, Typed left, Typed right) {
        boolean decides = operator.equals("or"); // the value of a side that settles it
        Evaluator one = condition(left);
        Evaluator other = condition(right);
        return Typed.of(Scalar.BOOL, row -> {
            Object first = one.of(row);
            if (first != null && first.equals(decides)) {
                return decides;
            }
            Object second = other.of(row);
            if (second != null && second.equals(decides)) {
                return decides;
            }
            return first == null || second == null ? null : (Object) !decides;
        });
    }

    static Typed not(Typed of) {
        Evaluator condition = condition(of);
        return Typed.of(Scalar.BOOL, row -> negated(condition.of(row)));
    }

    private static @Nullable Object negated(@Nullable Object truth) {
        return truth == null ? null : (Object) truth.equals(false);
    }

    static Evaluator condition(Typed of) {
        if (of.type() != Scalar.BOOL && !of.isNullLiteral()) {
            throw new InvalidValueException(
                    "a condition is true or false, not " + of.type().notation());
        }
        return of.evaluator();
    }
}
