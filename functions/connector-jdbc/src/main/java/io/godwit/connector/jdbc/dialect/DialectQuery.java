package io.godwit.connector.jdbc.dialect;

import io.godwit.connector.jdbc.KeyRangeSql;
import io.godwit.connector.jdbc.dialect.Values.Field;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.plan.Split;
import io.godwit.core.table.TableDescription;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is read of a table, as SQL. */
final class DialectQuery {
    private final Dialect dialect;
    private final TableDescription table;
    private final @Nullable String where;
    private final @Nullable String snapshot;

    DialectQuery(Dialect dialect, TableDescription table, @Nullable String where, @Nullable String snapshot) {
        this.dialect = dialect;
        this.table = table;
        this.where = where;
        this.snapshot = snapshot;
    }

    static Field field(TableDescription table, String name) {
        return table.column(name)
                .map(column -> new Field(column.name(), column.type(), column.nativeType()))
                .orElseThrow(() -> new GodwitException(
                        ErrorCode.EVENT_MALFORMED, table.name() + " has no column " + name, "Plan the run again."));
    }

    /** The table's columns in SQL, each value as its type compares. */
    record Words(Dialect dialect, TableDescription table) implements KeyRangeSql.Words {

        @Override
        public String column(String name) {
            return dialect.words().identifier(name);
        }

        @Override
        public String literal(String name, String value) {
            return dialect.values().keyLiteral(field(table, name), value);
        }
    }

    String table() {
        return dialect.words().table(table.name()) + (snapshot == null ? "" : dialect.asOf(snapshot));
    }

    /** FROM and WHERE. */
    String from(Split split) {
        List<String> conditions = new ArrayList<>();
        if (where != null) {
            // The line's end keeps a comment at its end from swallowing the rest.
            conditions.add("(" + where + "\n)");
        }
        if (split instanceof Split.KeyRange range) {
            conditions.add("(" + KeyRangeSql.condition(range, new Words(dialect, table)) + ")");
        } else if (!(split instanceof Split.Whole)) {
            throw new GodwitException(
                    ErrorCode.EVENT_MALFORMED,
                    table.name() + ": a split that no source of this kind makes",
                    "Plan the run again.");
        }
        return "FROM " + table() + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions));
    }

    /** Alone, so that a condition which only has a meaning between our parentheses is refused. */
    String check() {
        return dialect.words().first("1", "FROM " + table() + " WHERE " + where + "\n", 0);
    }

    /** The key of the row so many places into the range, as texts. */
    String keyAt(Split.KeyRange range, long place) {
        List<String> texts = new ArrayList<>();
        for (String name : range.columns()) {
            // Under a name of its own: else the order might be that of the text.
            texts.add(dialect.values().keyText(field(table, name)) + " AS key" + (texts.size() + 1) + "_");
        }
        return "SELECT " + String.join(", ", texts) + " " + from(range) + " ORDER BY "
                + dialect.words().identifiers(range.columns()) + " OFFSET " + place + " ROWS FETCH NEXT 1 ROWS ONLY";
    }

    String count(Split split) {
        return "SELECT count(*) " + from(split);
    }

    /** At most so many rows are counted. */
    String countUpTo(long most) {
        return "SELECT count(*) FROM (" + dialect.words().first("1 AS one_", from(new Split.Whole(null)), most) + ") q";
    }

    /** Bytes of an average row, of the first few. */
    String rowBytes(int sampled) {
        List<String> sizes = table.columns().stream()
                .map(column -> "coalesce("
                        + dialect.values().size(new Field(column.name(), column.type(), column.nativeType())) + ", 0)")
                .toList();
        return "SELECT coalesce(avg(size_), 0) FROM ("
                + dialect.words().first(String.join(" + ", sizes) + " AS size_", from(new Split.Whole(null)), sampled)
                + ") q";
    }

    /** The largest value of a column, as text. */
    String highWater(String column) {
        String name = dialect.words().identifier(column);
        String and = where == null ? "" : " AND (" + where + "\n)";
        return dialect.words()
                .first(
                        dialect.values().keyText(field(table, column)) + " AS high_",
                        "FROM " + table() + " WHERE " + name + " IS NOT NULL" + and + " ORDER BY " + name + " DESC",
                        1);
    }
}
