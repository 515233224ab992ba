package io.godwit.core.type.codec;

import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.Temporal;
import io.godwit.core.type.LogicalType.Temporal.Kind;
import io.godwit.core.type.value.DateValue;
import io.godwit.core.type.value.TimestampValue;
import org.jspecify.annotations.Nullable;

/** Dates and times into one another, without their text. */
final class TemporalConverters {
    private TemporalConverters() {}

    /** Null where text must do. */
    static @Nullable FieldConverter of(LogicalType from, LogicalType to) {
        if (!(to instanceof Temporal target)) {
            return null;
        }
        boolean toTimestamp = target.kind() == Kind.TIMESTAMP || target.kind() == Kind.TIMESTAMPTZ;
        if (from == Scalar.DATE && toTimestamp) {
            return (bytes, offset, length, out) ->
                    out.int8(midnight(new FieldReader(bytes, NumberConverters.exactly(4, offset, length), 4).int4()));
        }
        if (!(from instanceof Temporal source)) {
            return null;
        }
        boolean fromTimestamp = source.kind() == Kind.TIMESTAMP || source.kind() == Kind.TIMESTAMPTZ;
        if (fromTimestamp && toTimestamp) { // both count from midnight UTC
            return (bytes, offset, length, out) -> {
                long micros = new FieldReader(bytes, NumberConverters.exactly(8, offset, length), 8).int8();
                out.int8(
                        TemporalCodecs.round(new TimestampValue(micros), target).micros());
            };
        }
        if (source.kind() == Kind.TIME && target.kind() == Kind.INTERVAL) {
            return (bytes, offset, length, out) -> {
                long micros = new FieldReader(bytes, NumberConverters.exactly(8, offset, length), 8).int8();
                out.int8(TemporalCodecs.round(micros, target));
                out.int8(0); // days and months
            };
        }
        return null;
    }

    private static long midnight(int days) {
        if (days == DateValue.INFINITY.days()) {
            return TimestampValue.INFINITY.micros();
        }
        if (days == DateValue.NEGATIVE_INFINITY.days()) {
            return TimestampValue.NEGATIVE_INFINITY.micros();
        }
        if (days > TimestampValue.MAX_MICROS / TimestampValue.MICROS_PER_DAY) {
            throw new InvalidValueException("a date after the last timestamp");
        }
        return days * TimestampValue.MICROS_PER_DAY;
    }
}
