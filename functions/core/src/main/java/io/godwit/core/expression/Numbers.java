package io.godwit.core.expression;

import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.codec.InvalidValueException;
import io.godwit.core.type.value.DecimalValue;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Arithmetic. Whole numbers stay whole, as in SQL; nothing overflows silently. */
final class Numbers {
    static final LogicalType NUMERIC = new Decimal(null, null);

    /** Digits after the point that a quotient has at least. */
    private static final int QUOTIENT_SCALE = 16;

    /** No number of a column comes near; what multiplies itself row by row would. */
    private static final int MOST_DIGITS = 20_000;

    private Numbers() {}

    static boolean isNumber(LogicalType type) {
        return isWhole(type) || isFloat(type) || type instanceof Decimal;
    }

    static boolean isWhole(LogicalType type) {
        return type == Scalar.INT2 || type == Scalar.INT4 || type == Scalar.INT8;
    }

    private static boolean isFloat(LogicalType type) {
        return type == Scalar.FLOAT4 || type == Scalar.FLOAT8;
    }

    /** What two numbers are computed and compared as. */
    static LogicalType common(LogicalType left, LogicalType right) {
        if (isFloat(left) || isFloat(right)) {
            return Scalar.FLOAT8;
        }
        if (left instanceof Decimal || right instanceof Decimal) {
            return NUMERIC;
        }
        return left == Scalar.INT8 || right == Scalar.INT8 ? Scalar.INT8 : Scalar.INT4;
    }

    /** A value as the common type's. */
    static Object as(LogicalType common, Object value) {
        if (common == Scalar.FLOAT8) {
            return toDouble(value);
        }
        if (common instanceof Decimal) {
            return value instanceof DecimalValue decimal ? decimal : DecimalValue.of(((Number) value).longValue());
        }
        long whole = ((Number) value).longValue();
        return common == Scalar.INT8 ? (Object) whole : (Object) (int) whole;
    }

    private static double toDouble(Object value) {
        if (!(value instanceof DecimalValue decimal)) {
            return ((Number) value).doubleValue();
        }
        return decimal.number() != null ? decimal.number().doubleValue() : Double.parseDouble(decimal.toString());
    }

    static Object compute(String operator, LogicalType common, Object left, Object right) {
        if (common == Scalar.FLOAT8) {
            return floating(operator, toDouble(left), toDouble(right));
        }
        if (common instanceof Decimal) {
            return exact(operator, finite(as(common, left)), finite(as(common, right)));
        }
        long result = whole(operator, ((Number) left).longValue(), ((Number) right).longValue());
        if (common == Scalar.INT4 && result != (int) result) {
            throw new InvalidValueException("a result out of the range of int4");
        }
        return as(common, result);
    }

    private static long whole(String operator, long left, long right) {
        try {
            return switch (operator) {
                case "+" -> Math.addExact(left, right);
                case "-" -> Math.subtractExact(left, right);
                case "*" -> Math.multiplyExact(left, right);
                default -> {
                    if (right == 0) {
                        throw divisionByZero();
                    }
                    yield left == Long.MIN_VALUE
                            ? Math.multiplyExact(left / right, right == -1 ? -1 : 1)
                            : left / right;
                }
            };
        } catch (ArithmeticException overflow) {
            throw new InvalidValueException("a result out of the range of int8");
        }
    }

    private static double floating(String operator, double left, double right) {
        return switch (operator) {
            case "+" -> left + right;
            case "-" -> left - right;
            case "*" -> left * right;
            default -> {
                if (right == 0) {
                    throw divisionByZero();
                }
                yield left / right;
            }
        };
    }

    private static DecimalValue exact(String operator, BigDecimal left, BigDecimal right) {
        BigDecimal result = switch (operator) {
            case "+" -> left.add(right);
            case "-" -> left.subtract(right);
            case "*" -> left.multiply(right);
            default -> {
                if (right.signum() == 0) {
                    throw divisionByZero();
                }
                int scale = Math.max(QUOTIENT_SCALE, Math.max(left.scale(), right.scale()));
                yield left.divide(right, scale, RoundingMode.HALF_UP);
            }
        };
        if (result.scale() > DecimalValue.MAX_SCALE || result.precision() > MOST_DIGITS) {
            throw new InvalidValueException("a result with too many digits");
        }
        return DecimalValue.of(result);
    }

    private static BigDecimal finite(Object value) {
        BigDecimal number = ((DecimalValue) value).number();
        if (number == null) {
            throw new InvalidValueException("arithmetic with NaN or infinity");
        }
        return number;
    }

    private static InvalidValueException divisionByZero() {
        return new InvalidValueException("division by zero");
    }
}
