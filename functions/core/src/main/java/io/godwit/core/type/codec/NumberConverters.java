package io.godwit.core.type.codec;

import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.TypeLattice;
import io.godwit.core.type.value.DecimalValue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Numbers into numbers, without their text. */
final class NumberConverters {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private NumberConverters() {}

    /** Reads a whole number of a certain layout. */
    @FunctionalInterface
    interface WholeReader {
        long read(byte[] from, int offset, int length);
    }

    /** Null where text must do. */
    static @Nullable FieldConverter of(LogicalType from, LogicalType to) {
        WholeReader whole = whole(from);
        boolean lossless = TypeLattice.decide(from, to).isLossless();
        if (whole != null && lossless) {
            return ofWhole(whole, to);
        }
        if (from == Scalar.MONEY && to instanceof Decimal decimal) {
            DecimalCodec target = new DecimalCodec(decimal);
            return (bytes, offset, length, out) -> {
                long cents = (long) LONG.get(bytes, exactly(8, offset, length));
                target.write(target.fit(DecimalValue.of(BigDecimal.valueOf(cents, 2))), out);
            };
        }
        if (from == Scalar.FLOAT4 && to == Scalar.FLOAT8) {
            return (bytes, offset, length, out) ->
                    out.float8(Float.intBitsToFloat((int) INT.get(bytes, exactly(4, offset, length))));
        }
        if (from == Scalar.FLOAT8 && to == Scalar.FLOAT4) {
            return NumberConverters::narrowFloat;
        }
        if (from instanceof Decimal && to instanceof Decimal decimal && lossless) {
            int scale = decimal.scale() == null ? 0 : decimal.scale();
            return (bytes, offset, length, out) -> DecimalLayout.copyWithScale(bytes, offset, length, scale, out);
        }
        if (isWhole(to) && from instanceof Decimal) {
            Codec<Object> target = Codecs.of(to);
            return (bytes, offset, length, out) -> target.write(
                    target.parse(rounded(DecimalLayout.read(new FieldReader(bytes, offset, length)))), out);
        }
        if (isWhole(to) && (from == Scalar.FLOAT4 || from == Scalar.FLOAT8)) {
            Codec<Object> source = Codecs.of(from);
            Codec<Object> target = Codecs.of(to);
            return (bytes, offset, length, out) -> {
                Number number = (Number) source.decode(bytes, offset, length);
                target.write(target.parse(rounded(number.doubleValue())), out);
            };
        }
        return null;
    }

    private static @Nullable FieldConverter ofWhole(WholeReader whole, LogicalType to) {
        if (to instanceof Decimal decimal) {
            int scale = decimal.scale() == null ? 0 : decimal.scale();
            return (bytes, offset, length, out) ->
                    DecimalLayout.writeWhole(whole.read(bytes, offset, length), scale, out);
        }
        return !(to instanceof Scalar scalar)
                ? null
                : switch (scalar) {
                    case INT2 -> (bytes, offset, length, out) -> out.int2((int) whole.read(bytes, offset, length));
                    case INT4 -> (bytes, offset, length, out) -> out.int4((int) whole.read(bytes, offset, length));
                    case INT8, XID8 -> (bytes, offset, length, out) -> out.int8(whole.read(bytes, offset, length));
                    case FLOAT4 ->
                        (bytes, offset, length, out) -> out.float4((float) whole.read(bytes, offset, length));
                    case FLOAT8 ->
                        (bytes, offset, length, out) -> out.float8((double) whole.read(bytes, offset, length));
                    default -> null;
                };
    }

    /** Null where the type is no whole number that a long holds. */
    static @Nullable WholeReader whole(LogicalType type) {
        return !(type instanceof Scalar scalar)
                ? null
                : switch (scalar) {
                    case BOOL -> (from, offset, length) -> from[exactly(1, offset, length)] == 0 ? 0 : 1;
                    case INT2 -> (from, offset, length) -> (short) SHORT.get(from, exactly(2, offset, length));
                    case INT4 -> (from, offset, length) -> (int) INT.get(from, exactly(4, offset, length));
                    case OID -> (from, offset, length) -> (int) INT.get(from, exactly(4, offset, length)) & 0xFFFFFFFFL;
                    case INT8 -> (from, offset, length) -> (long) LONG.get(from, exactly(8, offset, length));
                    default -> null;
                };
    }

    private static boolean isWhole(LogicalType type) {
        return type == Scalar.INT2
                || type == Scalar.INT4
                || type == Scalar.INT8
                || type == Scalar.OID
                || type == Scalar.XID8;
    }

    private static void narrowFloat(byte[] from, int offset, int length, FieldWriter out) {
        double value = Double.longBitsToDouble((long) LONG.get(from, exactly(8, offset, length)));
        float narrow = (float) value;
        boolean lost = (Float.isInfinite(narrow) && !Double.isInfinite(value)) || (narrow == 0 && value != 0);
        if (lost) {
            throw new InvalidValueException("a number out of range");
        }
        out.float4(narrow);
    }

    /** Half away from zero, as PostgreSQL rounds exact numbers. */
    private static String rounded(DecimalValue value) {
        BigDecimal number = value.number();
        if (number == null || number.precision() - number.scale() > 20) {
            throw new InvalidValueException("no whole number, or one out of range");
        }
        return number.setScale(0, RoundingMode.HALF_UP).toPlainString();
    }

    /** Half to even, as PostgreSQL rounds binary ones. */
    private static String rounded(double value) {
        if (Double.isNaN(value) || Math.abs(value) > 1e20) {
            throw new InvalidValueException("no whole number, or one out of range");
        }
        return new BigDecimal(Math.rint(value)).toPlainString();
    }

    /** The offset, where the field has so many bytes. */
    static int exactly(int wanted, int offset, int length) {
        if (length != wanted) {
            throw new InvalidValueException("a field of " + length + " bytes, not " + wanted);
        }
        return offset;
    }
}
