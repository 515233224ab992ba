package io.godwit.core.job;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.table.TableName;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Which names are meant. Case counts, and names are as the database stores them. Three forms:
 *
 * <ul>
 *   <li>{@code schema.table}, {@code *} standing for any characters and {@code ?} for one, neither for a dot between
 *       schema and table. Where the database has no schemas, the part before the dot is the database.
 *   <li>{@code table} alone, with the same wildcards: in whatever schema.
 *   <li>{@code /regex/}: Java's, over the whole of {@code table} or of {@code schema.table}.
 * </ul>
 *
 * Double quotes take dots and wildcards literally, {@code ""} being a quote: {@code public."odd.name*"}.
 */
public final class NamePattern {
    private static final int LONGEST = 1000;

    /** Some hundred times what a sensible expression needs for a name of 128 characters, and under a millisecond. */
    private static final int LOOKS = 100_000;

    private final String text;
    private final @Nullable Pattern qualifier;
    private final Pattern name;
    private final Form form;

    private enum Form {
        REGEX,
        WILDCARDS,
        LITERAL
    }

    private NamePattern(String text, @Nullable Pattern qualifier, Pattern name, Form form) {
        this.text = text;
        this.qualifier = qualifier;
        this.name = name;
        this.form = form;
    }

    /**
     * Reads a pattern.
     *
     * @throws GodwitException JOB_FILE_INVALID where the text is none
     */
    public static NamePattern parse(String text) {
        if (text.length() > LONGEST) {
            throw invalid(text.substring(0, 40) + "...", "is longer than " + LONGEST + " characters");
        }
        if (text.length() > 1 && text.startsWith("/") && text.endsWith("/")) {
            return regex(text);
        }
        List<List<NameParts.Letter>> parts;
        try {
            parts = NameParts.cut(text);
        } catch (IllegalArgumentException e) {
            throw invalid(text, String.valueOf(e.getMessage()));
        }
        if (parts.size() > 2) {
            throw invalid(text, "has more than one dot");
        }
        boolean wild = parts.stream().flatMap(List::stream).anyMatch(letter -> letter.is('*') || letter.is('?'));
        return new NamePattern(
                text,
                parts.size() == 1 ? null : expression(parts.get(0)),
                expression(parts.get(parts.size() - 1)),
                wild ? Form.WILDCARDS : Form.LITERAL);
    }

    /** Whether the table is meant. */
    public boolean matches(TableName table) {
        String schema = table.schema() != null ? table.schema() : table.database();
        if (form == Form.REGEX) {
            return matches(name, table.name()) || (schema != null && matches(name, schema + "." + table.name()));
        }
        return (qualifier == null || (schema != null && matches(qualifier, schema))) && matches(name, table.name());
    }

    /** Whether a name that has no parts is meant, that of a database: then dots in the pattern are literal. */
    public boolean matches(String plainName) {
        return qualifier == null
                ? matches(name, plainName)
                : matches(Pattern.compile(qualifier.pattern() + "\\." + name.pattern(), Pattern.DOTALL), plainName);
    }

    /** Whether it can only ever mean one table of a schema, or one database: no wildcard, no regular expression. */
    public boolean isLiteral() {
        return form == Form.LITERAL;
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }

    private boolean matches(Pattern pattern, String candidate) {
        try {
            return pattern.matcher(new BoundedText(candidate, LOOKS)).matches();
        } catch (BoundedText.Exhausted | StackOverflowError e) {
            throw new GodwitException(
                    ErrorCode.JOB_FILE_INVALID,
                    "pattern " + text + " takes too long to match a name",
                    "Write it without nested repetitions such as (a+)+.",
                    e);
        }
    }

    private static NamePattern regex(String text) {
        try {
            Pattern pattern = Pattern.compile(text.substring(1, text.length() - 1));
            return new NamePattern(text, null, pattern, Form.REGEX);
        } catch (PatternSyntaxException e) {
            throw invalid(
                    text, "is no regular expression: " + e.getDescription() + " at character " + (e.getIndex() + 1));
        } catch (StackOverflowError e) {
            throw invalid(text, "is nested too deeply");
        }
    }

    private static Pattern expression(List<NameParts.Letter> part) {
        StringBuilder expression = new StringBuilder();
        for (NameParts.Letter letter : part) {
            if (letter.is('*')) {
                // "**" means no more than "*", and must not square the work.
                if (!expression.toString().endsWith(".*")) {
                    expression.append(".*");
                }
            } else if (letter.is('?')) {
                expression.append('.');
            } else {
                expression.append(Pattern.quote(Character.toString(letter.codePoint())));
            }
        }
        return Pattern.compile(expression.toString(), Pattern.DOTALL);
    }

    private static GodwitException invalid(String text, String why) {
        return new GodwitException(
                ErrorCode.JOB_FILE_INVALID,
                "pattern " + text + " " + why,
                "Write schema.table with * and ? as wildcards, or /regex/; quote a part that has dots: public.\"a.b\".");
    }
}
