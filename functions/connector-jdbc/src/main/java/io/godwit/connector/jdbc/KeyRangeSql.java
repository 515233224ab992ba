package io.godwit.connector.jdbc;

import io.godwit.core.plan.Split;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a key range as a condition. Rows are compared column by column, and the first column's comparison stands
 * alone before the others, which is what an index over the key is looked up by; no optimizer is trusted with {@code (a,
 * b) >= (1, 2)}.
 */
public final class KeyRangeSql {

    /** A column and one of its values as SQL. */
    public interface Words {
        /** The quoted name. */
        String column(String name);

        /** The value, given as the database's text form, as a literal. */
        String literal(String column, String value);
    }

    private KeyRangeSql() {}

    /** The condition; {@code 1 = 1} for a range without bounds. */
    public static String condition(Split.KeyRange range, Words words) {
        List<String> conditions = new ArrayList<>();
        if (range.from() != null) {
            conditions.add(beyond(range.columns(), range.from(), words, ">", ">="));
        }
        if (range.to() != null) {
            conditions.add(beyond(range.columns(), range.to(), words, "<", "<"));
        }
        return conditions.isEmpty() ? "1 = 1" : String.join(" AND ", conditions);
    }

    /** Rows whose key comes after the values, which are not null. */
    public static String after(List<String> columns, List<String> values, Words words) {
        return beyond(columns, values, words, ">", ">");
    }

    private static String beyond(
            List<String> columns, List<String> values, Words words, String strictly, String atLast) {
        String deeper = null;
        for (int i = columns.size() - 1; i >= 0; i--) {
            String column = words.column(columns.get(i));
            String value = words.literal(columns.get(i), values.get(i));
            deeper = level(column, value, strictly, atLast, deeper);
        }
        return deeper == null ? "1 = 1" : deeper;
    }

    private static String level(String column, String value, String strictly, String atLast, @Nullable String deeper) {
        return deeper == null
                ? column + " " + atLast + " " + value
                : column + " " + strictly + "= " + value + " AND (" + column + " " + strictly + " " + value + " OR ("
                        + deeper + "))";
    }
}
