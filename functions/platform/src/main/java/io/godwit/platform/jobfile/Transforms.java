package io.godwit.platform.jobfile;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.expression.Expression;
import io.godwit.platform.jobfile.Tree.Kind;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Columns that are computed. The short form {@code from: email, transform: [trim, { hash: sha256 }]} is the expression
 * {@code hash(trim("email"), 'sha256')}.
 */
final class Transforms {
    private Transforms() {}

    /** The column's expression; null where it is not computed. */
    static @Nullable String expression(Cursor column) {
        if (!column.at("transform").present()) {
            return column.at("expression").text().orElse(null);
        }
        String value = '"' + column.at("from").text().orElse("").replace("\"", "\"\"") + '"';
        for (Cursor each : column.at("transform").itemsOrOne()) {
            if (each.text().isPresent()) {
                value = each.text().get() + "(" + value + ")";
            } else if (!each.keys().isEmpty()) {
                String function = each.keys().get(0);
                value = call(function, value, each.at(function));
            }
        }
        return value;
    }

    private static String call(String function, String value, Cursor arguments) {
        if (function.equals("cast")) {
            return "cast(" + value + " as " + arguments.text().orElse("") + ")";
        }
        return function + "(" + value
                + arguments.itemsOrOne().stream()
                        .map(argument -> ", " + literal(argument))
                        .collect(Collectors.joining())
                + ")";
    }

    private static String literal(Cursor argument) {
        String text = argument.text().orElse("");
        boolean asItIs = argument.tree() instanceof Tree.Scalar scalar && scalar.kind() != Kind.TEXT;
        return asItIs ? text : "'" + text.replace("'", "''") + "'";
    }

    /** Notes what the schema cannot say. */
    static void check(Cursor column, Problems problems) {
        Cursor transform = column.at("transform");
        Cursor expression = column.at("expression");
        if (transform.present()
                && (!column.at("from").present() || column.at("value").present())) {
            problems.add(column, ErrorCode.JOB_FILE_INVALID, "a column with transform needs from", "");
        }
        if (expression.present() && (transform.present() || column.at("value").present())) {
            problems.add(column, ErrorCode.JOB_FILE_INVALID, "a column has either expression, transform or value", "");
        }
        if (expression.present() && column.at("from").present()) {
            problems.add(
                    column.at("from"),
                    ErrorCode.JOB_FILE_INVALID,
                    "an expression names its columns itself",
                    "Take from out.");
        }
        if (expression.present() && !column.at("to").present()) {
            problems.add(
                    column,
                    ErrorCode.JOB_FILE_INVALID,
                    "a column with an expression needs to",
                    "Name the target's column.");
        }
        for (Cursor each : transform.itemsOrOne()) {
            if (!each.text().isPresent() && each.keys().size() != 1) {
                problems.add(
                        each,
                        ErrorCode.JOB_FILE_INVALID,
                        "a transform is one function",
                        "Write trim, or { replace: [a, b] }; several make a list.");
            }
        }
        String text = expression(column);
        if (transform.present() && text != null) {
            problems.check(transform, () -> Expression.parse(text));
        }
    }
}
