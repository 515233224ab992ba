package io.godwit.connector.json;

import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.Temporal;
import io.godwit.core.type.codec.FieldWriter;
import io.godwit.core.type.codec.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The narrowest type whose text forms all the values of a sample are, to the letter: {@code 007} is text, and so is
 * {@code 1e3}, as a number would be written otherwise.
 */
public final class TypeGuess {
    private static final int LONGEST = 64;

    private static final String DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
    private static final String MOMENT = DAY + "[ T][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,6})?";
    private static final String ZONE = "(Z|[+-][0-9]{2}(:?[0-9]{2})?)";

    /** In the order in which they are preferred. */
    private static final List<Candidate> CANDIDATES = List.of(
            new Candidate("true|false", Scalar.BOOL),
            new Candidate("0|-?[1-9][0-9]{0,17}", Scalar.INT8),
            new Candidate("-?(0|[1-9][0-9]*)(\\.[0-9]+)?", new Decimal(null, null)),
            new Candidate(DAY, Scalar.DATE),
            new Candidate(MOMENT, new Temporal(Temporal.Kind.TIMESTAMP, null)),
            new Candidate(MOMENT + ZONE, new Temporal(Temporal.Kind.TIMESTAMPTZ, null)));

    private static final Pattern NEGATIVE_ZERO = Pattern.compile("-0(\\.0+)?");

    private final List<Candidate> possible = new ArrayList<>(CANDIDATES);
    private boolean seen;

    private record Candidate(Pattern form, LogicalType type, FieldParser parser) {
        Candidate(String form, LogicalType type) {
            this(Pattern.compile(form), type, FieldParser.of(type));
        }

        boolean takes(String text) {
            boolean isForm = text.length() <= LONGEST
                    && form.matcher(text).matches()
                    && !NEGATIVE_ZERO.matcher(text).matches();
            if (!isForm) {
                return false;
            }
            try {
                parser.parse(text.toCharArray(), 0, text.length(), new FieldWriter());
                return true;
            } catch (InvalidValueException e) {
                return false; // a 31st of February
            }
        }
    }

    /** One value that is not NULL. */
    public void see(String text) {
        seen = true;
        if (!possible.isEmpty()) {
            possible.removeIf(candidate -> !candidate.takes(text));
        }
    }

    /** Text, where nothing was seen or nothing narrower holds all. */
    public LogicalType type() {
        return seen && !possible.isEmpty() ? possible.get(0).type() : Scalar.TEXT;
    }
}
