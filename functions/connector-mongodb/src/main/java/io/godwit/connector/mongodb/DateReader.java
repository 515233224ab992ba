package io.godwit.connector.mongodb;

import io.godwit.core.type.LogicalType.Temporal;
import io.godwit.core.type.codec.FieldWriter;
import io.godwit.core.type.codec.InvalidValueException;
import io.godwit.core.type.value.TimestampValue;
import org.bson.BsonType;

/** Moments: milliseconds since 1970, or an infinity as a string. */
final class DateReader implements ValueReader {
    /** From 1970 to 2000. */
    static final long EPOCH_MILLIS = 946_684_800_000L;

    static final String INFINITY = "infinity";
    static final String NEGATIVE_INFINITY = "-infinity";

    private static final long LEAST = TimestampValue.MIN_MICROS / 1000 + EPOCH_MILLIS;
    private static final long MOST = TimestampValue.MAX_MICROS / 1000 + EPOCH_MILLIS;

    private final int step;

    DateReader(Temporal type) {
        int digits = type.precision() == null ? 3 : type.precision();
        this.step = digits == 0 ? 1000 : digits == 1 ? 100 : digits == 2 ? 10 : 1;
    }

    /** Whether timestamps reach so far: dates of BSON reach a thousand times farther. */
    static boolean reaches(long millis) {
        return millis >= LEAST && millis <= MOST;
    }

    @Override
    public void read(BsonElements element, FieldWriter out) {
        if (element.type() == BsonType.STRING) {
            out.int8(infinity(ValueReader.text(element)).micros());
            return;
        }
        ValueReader.require(element, BsonType.DATE_TIME);
        long millis = LittleEndian.int8(element.bytes(), element.from());
        if (!reaches(millis) || millis % step != 0) {
            throw new InvalidValueException("a date that its column's type does not hold");
        }
        out.int8((millis - EPOCH_MILLIS) * 1000);
    }

    private static TimestampValue infinity(String text) {
        return switch (text) {
            case INFINITY -> TimestampValue.INFINITY;
            case NEGATIVE_INFINITY -> TimestampValue.NEGATIVE_INFINITY;
            default -> throw new InvalidValueException("a string in place of a date");
        };
    }
}
