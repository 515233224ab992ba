package io.godwit.connector.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.godwit.connector.sqlite.SqliteFields.Reader;
import io.godwit.connector.sqlite.SqliteFields.UnfitException;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Temporal;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import io.godwit.core.type.codec.InvalidValueException;
import java.nio.charset.Charset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates and times, which SQLite keeps as texts: {@code 2026-11-23}, {@code 2026-11-23 02:00:00.5}, also with a
 * {@code T} between; a moment with its offset from UTC. Numbers, which some take for days or for seconds, say not which
 * they are.
 */
final class SqliteTimes {
    private static final Pattern BETWEEN = Pattern.compile("(\\d)[Tt](?=\\d)");
    private static final Pattern FRACTION = Pattern.compile("\\.(\\d*?)0*(?=\\D|$)");
    private static final Pattern OFFSET = Pattern.compile("([Zz]|[+-]\\d\\d(:?\\d\\d(:?\\d\\d)?)?)( BC)?$");
    private static final Pattern ZERO_OFFSET = Pattern.compile("([Zz]|[+-]00(:?00)?)(?= BC$|$)");
    private static final Pattern TIME_OF_DAY = Pattern.compile("\\d\\d:\\d\\d:\\d\\d");
    private static final int MICROSECONDS = 6;

    private SqliteTimes() {}

    static Reader reader(LogicalType type, Charset encoding) {
        Codec<Object> codec = Codecs.of(type);
        return (storage, row, column, out) -> {
            String text = new String(SqliteFields.text(storage, row, column, encoding), UTF_8);
            try {
                Object value = codec.parse(BETWEEN.matcher(text).replaceFirst("$1 "));
                if (!isSame(type, text, codec.format(value))) {
                    throw new UnfitException("a text that is no " + type.notation() + " as it is written");
                }
                codec.write(value, out);
            } catch (InvalidValueException e) {
                throw new UnfitException(e);
            }
        };
    }

    /** Whether nothing of the text was dropped or rounded when it was read as what is written so. */
    private static boolean isSame(LogicalType type, String text, String written) {
        String plain =
                FRACTION.matcher(BETWEEN.matcher(text).replaceFirst("$1 ")).replaceFirst(".$1");
        plain = plain.replaceFirst("\\.(?=\\D|$)", "");
        if (!(type instanceof Temporal temporal) || temporal.kind() != Temporal.Kind.TIMESTAMPTZ) {
            return plain.equals(written);
        }
        if (ZERO_OFFSET.matcher(plain).find()) {
            return ZERO_OFFSET.matcher(plain).replaceFirst("+00").equals(written);
        }
        // Another offset: the moment is written otherwise, and has all its digits.
        Matcher fraction = Pattern.compile("\\.(\\d+)").matcher(plain);
        int digits = fraction.find() ? fraction.group(1).length() : 0;
        Integer most = temporal.precision();
        return written.equals(plain)
                || (OFFSET.matcher(plain).find()
                        && TIME_OF_DAY.matcher(plain).find()
                        && digits <= (most == null ? MICROSECONDS : most));
    }
}
