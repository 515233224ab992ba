package io.godwit.core.expression;

import static io.godwit.core.expression.Function.Parameter.once;
import static io.godwit.core.expression.Function.Parameter.optional;

import io.godwit.core.expression.Function.Kind;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.Temporal;
import io.godwit.core.type.codec.InvalidValueException;
import io.godwit.core.type.value.DateValue;
import io.godwit.core.type.value.TimestampValue;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalField;
import java.time.temporal.TemporalQueries;
import java.time.temporal.WeekFields;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Dates as text, by the patterns of {@link DateTimeFormatter}, in English, to the microsecond. */
final class DateFunctions {
    /** 2000-01-01 in seconds since 1970-01-01. */
    private static final long EPOCH_SECOND = 86_400L * DateValue.EPOCH_DAY;

    /** What a text may say of a day. */
    private static final List<TemporalField> OF_DAYS = Stream.concat(
                    Arrays.stream(ChronoField.values()).filter(ChronoField::isDateBased),
                    Stream.of(
                            WeekFields.of(Locale.ENGLISH).weekBasedYear(),
                            WeekFields.of(Locale.ENGLISH).weekOfWeekBasedYear(),
                            WeekFields.of(Locale.ENGLISH).weekOfMonth(),
                            IsoFields.QUARTER_OF_YEAR))
            .toList();

    private static final ZonedDateTime SAMPLE =
            LocalDateTime.of(2026, 11, 22, 13, 14, 15, 123_456_000).atZone(ZoneOffset.UTC);

    private DateFunctions() {}

    static List<Function> all() {
        return List.of(
                new Function(
                        "date_parse",
                        List.of(once("text", Kind.TEXT), once("pattern", Kind.LITERAL), optional("zone", Kind.LITERAL)),
                        "timestamp; timestamptz where the pattern or the third argument has a zone",
                        "Text by a pattern of Java's DateTimeFormatter; midnight where the pattern has no time of day."
                                + " A time that a zone skips is an hour later; of one that it has twice the first"
                                + " counts.",
                        "date_parse('22.11.2026 13:14', 'dd.MM.uuuu HH:mm', 'Europe/Berlin')",
                        "2026-11-22 12:14:00+00",
                        true,
                        DateFunctions::parse),
                new Function(
                        "date_format",
                        List.of(
                                once("moment", Kind.MOMENT),
                                once("pattern", Kind.LITERAL),
                                optional("zone", Kind.LITERAL)),
                        "text",
                        "Text by such a pattern; of a timestamptz in the zone, else in UTC. The letter u is the year,"
                                + " y the year of its era, which G names.",
                        "date_format(cast('2026-11-22 12:14:00Z' as timestamptz), 'EEE d MMM uuuu HH:mm xxx',"
                                + " 'Europe/Berlin')",
                        "Sun 22 Nov 2026 13:14 +01:00",
                        true,
                        DateFunctions::format));
    }

    private static Typed parse(Arguments call) {
        DateTimeFormatter pattern = pattern(call.literal(1));
        ZoneId zone = call.has(2) ? zone(call.literal(2)) : null;
        boolean hasOffset = check(pattern);
        Temporal.Kind kind = zone != null || hasOffset ? Temporal.Kind.TIMESTAMPTZ : Temporal.Kind.TIMESTAMP;
        return call.ofText(new Temporal(kind, null), text -> parse(text, pattern, zone));
    }

    /** Whether what the pattern writes, and so reads, has an offset. */
    private static boolean check(DateTimeFormatter pattern) {
        try {
            TemporalAccessor read = pattern.parse(pattern.format(SAMPLE));
            if (read.query(TemporalQueries.localDate()) == null) {
                throw new InvalidValueException("the pattern names no day");
            }
            return read.query(TemporalQueries.zone()) != null;
        } catch (DateTimeException wrong) {
            throw new InvalidValueException("nothing can be read by the pattern: " + wrong.getMessage());
        }
    }

    private static TimestampValue parse(String text, DateTimeFormatter pattern, @Nullable ZoneId zone) {
        try {
            TemporalAccessor read = pattern.parse(text);
            LocalDate day = read.query(TemporalQueries.localDate());
            if (day == null) {
                throw new InvalidValueException("a text that names no day");
            }
            requireSaid(day, pattern.parseUnresolved(text, new ParsePosition(0)));
            LocalTime time = read.query(TemporalQueries.localTime());
            LocalDateTime local = day.plus(read.query(DateTimeFormatter.parsedExcessDays()))
                    .atTime(time == null ? LocalTime.MIDNIGHT : time);
            ZoneId own = read.query(TemporalQueries.zone());
            ZoneId from = own != null ? own : zone != null ? zone : ZoneOffset.UTC;
            return micros(local.plusNanos(500).truncatedTo(ChronoUnit.MICROS).atZone(from));
        } catch (DateTimeException wrong) { // its message would show the text
            throw new InvalidValueException("a text that is not of the pattern");
        }
    }

    /** A formatter takes the 31st of April for the 30th, and a 53rd week for the first of another year. */
    private static void requireSaid(LocalDate day, TemporalAccessor said) {
        Long hour = value(said, ChronoField.HOUR_OF_DAY);
        // 24:00 was read as midnight of the next day.
        LocalDate read = hour != null && hour == 24 ? day.minusDays(1) : day;
        for (TemporalField field : OF_DAYS) {
            Long value = value(said, field);
            if (value != null && value != read.getLong(field)) {
                throw new InvalidValueException("no day of the calendar");
            }
        }
    }

    private static @Nullable Long value(TemporalAccessor said, TemporalField field) {
        try {
            return said.isSupported(field) ? said.getLong(field) : null;
        } catch (DateTimeException notSaid) {
            return null;
        }
    }

    private static TimestampValue micros(ZonedDateTime moment) {
        try {
            long seconds = Math.subtractExact(moment.toEpochSecond(), EPOCH_SECOND);
            long micros = Math.addExact(Math.multiplyExact(seconds, 1_000_000L), moment.getNano() / 1000);
            if (micros >= TimestampValue.MIN_MICROS && micros <= TimestampValue.MAX_MICROS) {
                return new TimestampValue(micros);
            }
        } catch (ArithmeticException overflow) {
            throw new InvalidValueException("a moment that no timestamp can be");
        }
        throw new InvalidValueException("a moment that no timestamp can be");
    }

    private static Typed format(Arguments call) {
        DateTimeFormatter pattern = pattern(call.literal(1));
        boolean zoned = call.type(0) instanceof Temporal temporal && temporal.kind() == Temporal.Kind.TIMESTAMPTZ;
        if (call.has(2) && !zoned) {
            throw new InvalidValueException("only a timestamptz has a time in a zone");
        }
        ZoneId zone = call.has(2) ? zone(call.literal(2)) : ZoneOffset.UTC;
        try {
            TemporalAccessor sample = zoned ? SAMPLE : SAMPLE.toLocalDateTime();
            if (pattern.format(sample).isEmpty()) {
                throw new InvalidValueException("the pattern writes nothing");
            }
        } catch (DateTimeException wrong) {
            throw new InvalidValueException("the pattern asks for what the value has not: " + wrong.getMessage());
        }
        Evaluator value = call.evaluator(0);
        return Typed.of(Scalar.TEXT, row -> {
            Object moment = value.of(row);
            return moment == null ? null : format(moment, pattern, zoned ? zone : null);
        });
    }

    private static String format(Object value, DateTimeFormatter pattern, @Nullable ZoneId zone) {
        try {
            LocalDateTime local = value instanceof DateValue day ? local(day) : local((TimestampValue) value);
            return pattern.format(
                    zone == null ? local : local.atZone(ZoneOffset.UTC).withZoneSameInstant(zone));
        } catch (DateTimeException wrong) {
            throw new InvalidValueException("a moment that the pattern cannot write");
        }
    }

    private static LocalDateTime local(DateValue day) {
        if (!day.isFinite()) {
            throw new InvalidValueException("infinity has no day");
        }
        return day.toLocalDate().atStartOfDay();
    }

    private static LocalDateTime local(TimestampValue moment) {
        if (!moment.isFinite()) {
            throw new InvalidValueException("infinity has no day");
        }
        long second = Math.floorDiv(moment.micros(), 1_000_000L);
        int nanos = (int) Math.floorMod(moment.micros(), 1_000_000L) * 1000;
        return LocalDateTime.ofEpochSecond(second + EPOCH_SECOND, nanos, ZoneOffset.UTC);
    }

    private static DateTimeFormatter pattern(String pattern) {
        try {
            return new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern(pattern)
                    .toFormatter(Locale.ENGLISH);
        } catch (IllegalArgumentException wrong) {
            throw new InvalidValueException("no pattern of a date: " + wrong.getMessage());
        }
    }

    private static ZoneId zone(String zone) {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException wrong) {
            throw new InvalidValueException("no time zone " + zone + ": write a name such as Europe/Berlin, or UTC");
        }
    }
}
