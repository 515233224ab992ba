package io.godwit.core.expression;

import static io.godwit.core.expression.Function.Parameter.once;
import static io.godwit.core.expression.Function.Parameter.optional;
import static io.godwit.core.expression.Function.Parameter.repeated;

import io.godwit.core.expression.Function.Kind;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.codec.InvalidValueException;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/** Functions of text. Characters are code points: an emoji is one, and is never cut. */
final class TextFunctions {
    /** In characters of Java: no row may be as large, and nothing grows without end before that is noticed. */
    static final int LONGEST = 64 << 20;

    private TextFunctions() {}

    static List<Function> all() {
        return List.of(
                function(
                        "upper",
                        "Capital letters, each letter by itself: none becomes two.",
                        "upper('zoë straße')",
                        "ZOË STRAßE",
                        call -> call.keepingLength(text -> mapped(text, Character::toUpperCase))),
                function(
                        "lower",
                        "Small letters, each letter by itself.",
                        "lower('ÄB')",
                        "äb",
                        call -> call.keepingLength(text -> mapped(text, Character::toLowerCase))),
                trim("trim", "Without the white space at both ends, or without those characters.", "  a b ", "a b", 3),
                trim("ltrim", "The same at the beginning only.", "  a", "a", 1),
                trim("rtrim", "The same at the end only.", "a  ", "a", 2),
                function(
                        "reverse",
                        "The characters from last to first.",
                        "reverse('ab😀')",
                        "😀ba",
                        call -> call.keepingLength(
                                text -> new StringBuilder(text).reverse().toString())),
                function(
                        "remove_newlines",
                        "Without line feeds and carriage returns.",
                        "remove_newlines('a\r\nb')",
                        "ab",
                        call -> call.keepingLength(text -> filtered(text, letter -> letter != '\n' && letter != '\r'))),
                new Function(
                        "length",
                        List.of(once("text", Kind.TEXT)),
                        "int4",
                        "How many characters there are.",
                        "length('ab😀')",
                        "3",
                        true,
                        call -> call.ofText(Scalar.INT4, text -> text.codePointCount(0, text.length()))),
                new Function(
                        "substring",
                        List.of(once("text", Kind.TEXT), once("start", Kind.WHOLE), optional("length", Kind.WHOLE)),
                        "text",
                        "From the character start on, the first being 1; of that length at most.",
                        "substring('godwit', 4, 2)",
                        "wi",
                        true,
                        TextFunctions::substring),
                new Function(
                        "replace",
                        List.of(once("text", Kind.TEXT), once("from", Kind.TEXT), once("to", Kind.TEXT)),
                        "text",
                        "Every from becomes to.",
                        "replace('a-b-c', '-', '+')",
                        "a+b+c",
                        true,
                        TextFunctions::replace),
                new Function(
                        "concat",
                        List.of(once("value", Kind.TEXT_FORM), repeated("values", Kind.TEXT_FORM)),
                        "text",
                        "One after the other; NULL counts as nothing. The operator || is NULL where one of its sides is.",
                        "concat('a', null, 1)",
                        "a1",
                        true,
                        TextFunctions::concat));
    }

    private static Function function(String name, String meaning, String example, String gives, Function.Maker maker) {
        return new Function(
                name, List.of(once("text", Kind.TEXT)), "text, no longer", meaning, example, gives, true, maker);
    }

    private static Function trim(String name, String meaning, String example, String gives, int ends) {
        return new Function(
                name,
                List.of(once("text", Kind.TEXT), optional("characters", Kind.LITERAL)),
                "text, no longer",
                meaning,
                name + "('" + example + "')",
                gives,
                true,
                call -> {
                    String characters = call.has(1) ? call.literal(1) : null;
                    IntPredicate cut = characters == null
                            ? letter -> Character.isWhitespace(letter) || Character.isSpaceChar(letter)
                            : letter -> characters.indexOf(letter) >= 0;
                    return call.keepingLength(text -> trimmed(text, cut, (ends & 1) != 0, (ends & 2) != 0));
                });
    }

    private static String trimmed(String text, IntPredicate cut, boolean left, boolean right) {
        int from = 0;
        int to = text.length();
        while (left && from < to && cut.test(text.codePointAt(from))) {
            from += Character.charCount(text.codePointAt(from));
        }
        while (right && to > from && cut.test(text.codePointBefore(to))) {
            to -= Character.charCount(text.codePointBefore(to));
        }
        return text.substring(from, to);
    }

    static String mapped(String text, IntUnaryOperator letter) {
        StringBuilder mapped = new StringBuilder(text.length());
        text.codePoints().map(letter).forEach(mapped::appendCodePoint);
        return mapped.toString();
    }

    private static String filtered(String text, IntPredicate kept) {
        StringBuilder filtered = new StringBuilder(text.length());
        text.codePoints().filter(kept).forEach(filtered::appendCodePoint);
        return filtered.toString();
    }

    private static Typed substring(Arguments call) {
        Evaluator start = call.evaluator(1);
        Evaluator length = call.has(2) ? call.evaluator(2) : null;
        Evaluator text = call.evaluator(0);
        return Typed.of(Typed.textOf(Typed.longest(call.type(0))), row -> {
            Object whole = text.of(row);
            Object first = start.of(row);
            Object count = length == null ? (Object) Integer.MAX_VALUE : length.of(row);
            return whole == null || first == null || count == null
                    ? null
                    : substring((String) whole, ((Number) first).longValue(), ((Number) count).longValue());
        });
    }

    /** As in SQL: what lies before the first character counts, and is empty. */
    private static String substring(String text, long start, long length) {
        if (length < 0) {
            throw new InvalidValueException("a substring of negative length");
        }
        int characters = text.codePointCount(0, text.length());
        long begin = Math.max(start, 1);
        long end = Math.min(start > Long.MAX_VALUE - length ? Long.MAX_VALUE : start + length, characters + 1L);
        if (begin >= end) {
            return "";
        }
        int from = text.offsetByCodePoints(0, (int) begin - 1);
        return text.substring(from, text.offsetByCodePoints(from, (int) (end - begin)));
    }

    private static Typed replace(Arguments call) {
        Evaluator text = call.evaluator(0);
        Evaluator from = call.evaluator(1);
        Evaluator to = call.evaluator(2);
        return Typed.of(Scalar.TEXT, row -> {
            Object whole = text.of(row);
            Object old = from.of(row);
            Object young = to.of(row);
            return whole == null || old == null || young == null
                    ? null
                    : replaced((String) whole, (String) old, (String) young);
        });
    }

    private static String replaced(String text, String from, String to) {
        if (from.isEmpty()) {
            return text;
        }
        StringBuilder replaced = new StringBuilder(text.length());
        int at = 0;
        for (int found = text.indexOf(from); found >= 0; found = text.indexOf(from, at)) {
            append(replaced.append(text, at, found), to);
            at = found + from.length();
        }
        return append(replaced, text.substring(at)).toString();
    }

    private static Typed concat(Arguments call) {
        List<Evaluator> parts = call.values().stream().map(Typed::evaluator).toList();
        int longest = 0;
        for (Typed part : call.values()) {
            Integer length = Typed.longest(part.type());
            longest = length == null || longest < 0 ? -1 : longest + length;
        }
        return Typed.of(Typed.textOf(longest < 0 ? null : Integer.valueOf(longest)), row -> {
            StringBuilder whole = new StringBuilder();
            for (Evaluator part : parts) {
                Object text = part.of(row);
                if (text != null) {
                    append(whole, (String) text);
                }
            }
            return whole.toString();
        });
    }

    /** @throws InvalidValueException where the text becomes too long */
    static StringBuilder append(StringBuilder text, String more) {
        if (more.length() > LONGEST - text.length()) {
            throw new InvalidValueException("a text of more than " + LONGEST + " characters");
        }
        return text.append(more);
    }
}
