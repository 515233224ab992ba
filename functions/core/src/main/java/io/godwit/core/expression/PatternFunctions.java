package io.godwit.core.expression;

import static io.godwit.core.expression.Function.Parameter.once;
import static io.godwit.core.expression.Function.Parameter.optional;

import io.godwit.core.expression.Function.Kind;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.codec.InvalidValueException;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Regular expressions, Java's, that cannot run away: a value on which one takes too many steps is refused. */
final class PatternFunctions {
    /** A pattern that backtracks little looks at each character a few times. */
    static final long MOST_STEPS = 10_000_000;

    private PatternFunctions() {}

    static List<Function> all() {
        return List.of(
                new Function(
                        "regex_replace",
                        List.of(
                                once("text", Kind.TEXT),
                                once("pattern", Kind.LITERAL),
                                once("replacement", Kind.LITERAL)),
                        "text",
                        "Every match of a Java regular expression becomes the replacement, in which $1 is the first"
                                + " group.",
                        "regex_replace('2026-11-22', '(\\d+)-(\\d+)-(\\d+)', '$3.$2.$1')",
                        "22.11.2026",
                        true,
                        PatternFunctions::replace),
                new Function(
                        "regex_extract",
                        List.of(once("text", Kind.TEXT), once("pattern", Kind.LITERAL), optional("group", Kind.WHOLE)),
                        "text",
                        "The first match, or one group of it; NULL where nothing matches.",
                        "regex_extract('order 4711', '([a-z]+) (\\d+)', 2)",
                        "4711",
                        true,
                        PatternFunctions::extract));
    }

    private static Typed replace(Arguments call) {
        Pattern pattern = compiled(call.literal(1));
        String replacement = call.literal(2);
        try { // a match of the same groups: is there each group that the replacement names?
            Pattern.compile("(?:" + pattern.pattern() + ")|").matcher("").replaceAll(replacement);
        } catch (IllegalArgumentException | IndexOutOfBoundsException wrong) {
            throw new InvalidValueException("the replacement is none: " + wrong.getMessage());
        }
        return call.ofText(
                Scalar.TEXT,
                text -> guarded(() -> {
                    Matcher matcher = pattern.matcher(new Counted(text));
                    StringBuilder replaced = new StringBuilder(text.length());
                    while (matcher.find()) {
                        matcher.appendReplacement(replaced, replacement);
                        TextFunctions.append(replaced, "");
                    }
                    return matcher.appendTail(replaced).toString();
                }));
    }

    private static Typed extract(Arguments call) {
        Pattern pattern = compiled(call.literal(1));
        Node.Literal literal = call.has(2) ? call.typed(2).literal() : null;
        if (call.has(2) && (literal == null || literal.value() == null)) {
            throw new InvalidValueException("the group must be written as a number");
        }
        int group = literal == null || !(literal.value() instanceof Number number) ? 0 : number.intValue();
        if (group < 0 || group > pattern.matcher("").groupCount()) {
            throw new InvalidValueException("the pattern has no group " + group);
        }
        Evaluator value = call.evaluator(0);
        return Typed.of(Scalar.TEXT, row -> {
            Object text = value.of(row);
            return text == null ? null : found(pattern, (String) text, group);
        });
    }

    private static @Nullable String found(Pattern pattern, String text, int group) {
        String[] found = new String[1];
        guarded(() -> {
            Matcher matcher = pattern.matcher(new Counted(text));
            if (matcher.find()) {
                found[0] = matcher.group(group);
            }
            return "";
        });
        return found[0];
    }

    private static Pattern compiled(String pattern) {
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException wrong) {
            throw new InvalidValueException("no regular expression: " + wrong.getDescription());
        }
    }

    private static String guarded(Supplier<String> matching) {
        try {
            return matching.get();
        } catch (StackOverflowError deep) { // groups that repeat are matched by recursion
            throw new InvalidValueException("the regular expression nests too deep on a text of this length");
        }
    }

    /** Counts the looks that a matcher takes. */
    private static final class Counted implements CharSequence {
        private final String text;
        private long steps;

        Counted(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (++steps > MOST_STEPS) {
                throw new InvalidValueException(
                        "the regular expression takes more than " + MOST_STEPS + " steps on one text");
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
