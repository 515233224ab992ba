package io.godwit.connector.file.format;

import io.godwit.connector.json.FieldText;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.BlankPaddedChar;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Foreign;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.Temporal;
import io.godwit.core.type.LogicalType.VarChar;
import io.godwit.core.type.codec.FieldReader;
import io.godwit.core.type.value.DateValue;
import io.godwit.core.type.value.TimestampValue;
import java.time.LocalDate;

/** Adds the text of a field, as {@link FieldText} has it, without a string in between where types are common. */
@FunctionalInterface
interface FieldBytes {
    /** Of years with four digits, in days since 2000-01-01. */
    int FIRST_DAY = (int) LocalDate.of(1, 1, 1).toEpochDay() - DateValue.EPOCH_DAY;

    int LAST_DAY = (int) LocalDate.of(9999, 12, 31).toEpochDay() - DateValue.EPOCH_DAY;

    void add(byte[] bytes, int offset, int length, TextBuffer out);

    static FieldBytes of(LogicalType type) {
        FieldText text = FieldText.of(type);
        FieldBytes any = (bytes, offset, length, out) -> out.add(text.of(bytes, offset, length));
        if (type == Scalar.TEXT
                || type == Scalar.JSON
                || type == Scalar.XML
                || type instanceof VarChar
                || type instanceof BlankPaddedChar
                || type instanceof Foreign) {
            return (bytes, offset, length, out) -> out.add(bytes, offset, length);
        }
        if (type == Scalar.INT8) {
            return (bytes, offset, length, out) -> out.add(new FieldReader(bytes, offset, length).int8());
        }
        if (type == Scalar.INT4) {
            return (bytes, offset, length, out) -> out.add(new FieldReader(bytes, offset, length).int4());
        }
        if (type == Scalar.INT2) {
            return (bytes, offset, length, out) -> out.add(new FieldReader(bytes, offset, length).int2());
        }
        if (type instanceof Decimal) {
            return (bytes, offset, length, out) -> {
                if (!decimal(new FieldReader(bytes, offset, length), out)) {
                    any.add(bytes, offset, length, out);
                }
            };
        }
        if (type == Scalar.DATE) {
            return (bytes, offset, length, out) -> {
                int days = new FieldReader(bytes, offset, length).int4();
                if (days < FIRST_DAY || days > LAST_DAY) {
                    any.add(bytes, offset, length, out);
                } else {
                    date(days, out);
                }
            };
        }
        boolean zoned = type instanceof Temporal moment && moment.kind() == Temporal.Kind.TIMESTAMPTZ;
        if (type instanceof Temporal temporal && (zoned || temporal.kind() == Temporal.Kind.TIMESTAMP)) {
            return (bytes, offset, length, out) -> {
                long micros = new FieldReader(bytes, offset, length).int8();
                long days = Math.floorDiv(micros, TimestampValue.MICROS_PER_DAY);
                if (days < FIRST_DAY || days > LAST_DAY) {
                    any.add(bytes, offset, length, out);
                } else {
                    date((int) days, out);
                    time(Math.floorMod(micros, TimestampValue.MICROS_PER_DAY), out);
                    out.add(zoned ? "+00" : "");
                }
            };
        }
        return any;
    }

    /** After the algorithm of H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", days from civil and back. */
    private static void date(int days, TextBuffer out) {
        int sinceMarch = days + DateValue.EPOCH_DAY + 719_468; // since 0000-03-01
        int era = sinceMarch / 146_097;
        int dayOfEra = sinceMarch - era * 146_097;
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int month = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * month + 2) / 5 + 1;
        int civil = month < 10 ? month + 3 : month - 9;
        out.add((long) yearOfEra + era * 400L + (civil <= 2 ? 1 : 0), 4);
        out.add('-');
        out.add((long) civil, 2);
        out.add('-');
        out.add((long) day, 2);
    }

    private static void time(long micros, TextBuffer out) {
        long seconds = micros / 1_000_000;
        out.add(' ');
        out.add(seconds / 3600, 2);
        out.add(':');
        out.add(seconds / 60 % 60, 2);
        out.add(':');
        out.add(seconds % 60, 2);
        long fraction = micros % 1_000_000;
        if (fraction != 0) {
            int digits = 6;
            for (; fraction % 10 == 0; fraction /= 10) {
                digits--;
            }
            out.add('.');
            out.add(fraction, digits);
        }
    }

    /** Groups of four decimal digits, of which the wire leaves out zeros; false where it is no finite number. */
    private static boolean decimal(FieldReader in, TextBuffer out) {
        int count = in.uint2();
        int weight = in.int2();
        int sign = in.uint2();
        int scale = in.uint2();
        if ((sign != 0 && sign != 0x4000) || weight > 1000 || weight < -1000 || count != in.remaining() / 2) {
            return false;
        }
        if (sign != 0 && count > 0) {
            out.add('-');
        }
        int read = 0;
        if (weight < 0) {
            out.add('0');
        }
        for (int group = weight; group >= 0; group--) {
            long digits = read < count ? in.int2() : 0;
            read++;
            if (group == weight) {
                out.add(digits);
            } else {
                out.add(digits, 4);
            }
        }
        if (scale > 0) {
            out.add('.');
        }
        for (int left = scale, group = -1; left > 0; left -= 4, group--) {
            boolean given = group <= weight && read < count;
            long digits = given ? in.int2() : 0;
            read += given ? 1 : 0;
            int shown = Math.min(left, 4);
            for (int cut = shown; cut < 4; cut++) {
                digits /= 10;
            }
            out.add(digits, shown);
        }
        return true;
    }
}
