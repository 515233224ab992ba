package io.godwit.core.type.codec;

import static io.godwit.core.type.value.TimestampValue.MICROS_PER_DAY;

import io.godwit.core.type.LogicalType.Temporal;
import io.godwit.core.type.value.DateValue;
import io.godwit.core.type.value.OffsetTimeValue;
import io.godwit.core.type.value.TimeValue;
import io.godwit.core.type.value.TimestampValue;

/** Dates, times of day and moments. Text of a moment is in UTC. */
final class TemporalCodecs {
    static final Codec<DateValue> DATE = new FunctionCodec<>(
            in -> new DateValue(in.int4()),
            (out, value) -> out.int4(value.days()),
            TemporalText::date,
            text -> TemporalParser.date(text.strip()));

    private static final long[] MICROS_OF_DIGIT = {1_000_000, 100_000, 10_000, 1000, 100, 10, 1};

    private TemporalCodecs() {}

    static Codec<TimeValue> time(Temporal type) {
        return new FunctionCodec<>(
                in -> new TimeValue(timeOfDay(in.int8())),
                (out, value) -> out.int8(value.micros()),
                value -> TemporalText.time(value.micros()),
                text -> new TimeValue(round(TemporalParser.time(text.strip()).micros(), type)));
    }

    static Codec<OffsetTimeValue> offsetTime(Temporal type) {
        return new FunctionCodec<>(
                TemporalCodecs::readOffsetTime,
                (out, value) -> {
                    out.int8(value.micros());
                    out.int4(-value.offsetSeconds()); // counts westward
                },
                TemporalText::offsetTime,
                text -> {
                    OffsetTimeValue value = TemporalParser.offsetTime(text.strip());
                    return new OffsetTimeValue(round(value.micros(), type), value.offsetSeconds());
                });
    }

    static Codec<TimestampValue> timestamp(Temporal type) {
        boolean zoned = type.kind() == Temporal.Kind.TIMESTAMPTZ;
        return new FunctionCodec<>(
                in -> new TimestampValue(in.int8()),
                (out, value) -> out.int8(value.micros()),
                value -> TemporalText.timestamp(value, zoned),
                text -> round(TemporalParser.timestamp(text.strip(), zoned), type));
    }

    /** Rounded, half away from zero, to the type's digits of a second. */
    static TimestampValue round(TimestampValue value, Temporal type) {
        return value.isFinite() ? new TimestampValue(round(value.micros(), type)) : value;
    }

    static long round(long micros, Temporal type) {
        Integer digits = type.precision();
        long unit = digits == null || digits >= MICROS_OF_DIGIT.length ? 1 : MICROS_OF_DIGIT[digits];
        long half = unit / 2;
        return unit == 1 ? micros : (micros >= 0 ? micros + half : micros - half) / unit * unit;
    }

    private static OffsetTimeValue readOffsetTime(FieldReader in) {
        long micros = timeOfDay(in.int8());
        int west = in.int4();
        if (west <= -OffsetTimeValue.OFFSET_LIMIT || west >= OffsetTimeValue.OFFSET_LIMIT) {
            throw new InvalidValueException("a zone " + west + " seconds west");
        }
        return new OffsetTimeValue(micros, -west);
    }

    private static long timeOfDay(long micros) {
        if (micros < 0 || micros > MICROS_PER_DAY) {
            throw new InvalidValueException("a time of day beyond 24:00");
        }
        return micros;
    }
}
