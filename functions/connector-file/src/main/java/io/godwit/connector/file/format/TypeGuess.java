package io.godwit.connector.file.format;

import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.Temporal;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The narrowest type whose text forms all the values of a sample are, to the letter: {@code 007} is text, and so is
 * {@code 1e3}, as a number would be written otherwise.
 */
final class TypeGuess {
    private static final int LONGEST = 64;

    private final Set<Kind> possible = EnumSet.allOf(Kind.class);
    private boolean seen;

    /** In the order in which they are preferred. */
    private enum Kind {
        BOOL("true|false", Scalar.BOOL),
        WHOLE("0|-?[1-9][0-9]{0,17}", Scalar.INT8),
        DECIMAL("-?(0|[1-9][0-9]*)(\\.[0-9]+)?", new Decimal(null, null)),
        DATE("[0-9]{4}-[0-9]{2}-[0-9]{2}", Scalar.DATE),
        TIMESTAMP(
                "[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,6})?",
                new Temporal(Temporal.Kind.TIMESTAMP, null)),
        TIMESTAMPTZ(
                "[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,6})?(Z|[+-][0-9]{2}(:?[0-9]{2})?)",
                new Temporal(Temporal.Kind.TIMESTAMPTZ, null));

        private final Pattern form;
        private final LogicalType type;
        private final FieldParser parser;

        Kind(String form, LogicalType type) {
            this.form = Pattern.compile(form);
            this.type = type;
            this.parser = FieldParser.of(type);
        }

        boolean takes(String text) {
            if (text.length() > LONGEST || !form.matcher(text).matches() || text.matches("-0(\\.0+)?")) {
                return false;
            }
            try {
                parser.parse(text.toCharArray(), 0, text.length(), new io.godwit.core.type.codec.FieldWriter());
                return true;
            } catch (io.godwit.core.type.codec.InvalidValueException e) {
                return false; // a 31st of February
            }
        }
    }

    /** One value that is not NULL. */
    void see(String text) {
        seen = true;
        if (!possible.isEmpty()) {
            possible.removeIf(kind -> !kind.takes(text));
        }
    }

    /** Text, where nothing was seen or nothing narrower holds all. */
    LogicalType type() {
        return seen ? possible.stream().findFirst().<LogicalType>map(kind -> kind.type).orElse(Scalar.TEXT) : Scalar.TEXT;
    }
}
