package io.godwit.connector.mysql;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.sink.SinkScript;
import io.godwit.connector.jdbc.sink.SinkTarget;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.table.ForeignKey;
import io.godwit.core.table.Index;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gives a created table its source's indexes over plain columns that all come along, after the load; but a table that
 * is overwritten gets them, while it is empty, before the rows come from aside: afterwards the transaction that brought
 * them would keep the server from defining anything.
 */
final class MySqlSinkIndexes {
    /** Longer texts are in an index with so many characters. */
    private static final int PREFIX = 191;

    private static final Set<String> LONG = Set.of("longtext", "longblob", "mediumtext", "text", "json", "blob");

    private final SinkTarget target;
    private final SinkScript script;

    MySqlSinkIndexes(SinkTarget target, SinkScript script) {
        this.target = target;
        this.script = script;
    }

    /** Tells what {@link #create} will do to a table that is not there yet, and which keys nobody takes over. */
    void announce() {
        List<String> added = added(List.of());
        if (!added.isEmpty()) {
            script.announce("ALTER TABLE " + Quoting.table(target.name()) + " " + String.join(", ", added));
        }
        for (ForeignKey key : target.first().definition().foreignKeys()) {
            script.note(target.name().display() + ": foreign key " + key.name() + " is not taken over");
        }
    }

    void create(JdbcSession session, String database) throws SQLException {
        TableName table = target.kept();
        TableDescription found = new MySqlCatalog(session, database)
                .describe(List.of(table)).stream().findFirst().orElse(null);
        if (found == null) {
            return;
        }
        List<String> added = added(found.indexes().stream().map(Index::name).toList());
        if (!added.isEmpty()) {
            script.run("ALTER TABLE " + Quoting.table(table) + " " + String.join(", ", added));
        }
    }

    /** None of a table that several sources share: what each has may not hold for all together. */
    private List<String> added(List<String> there) {
        List<String> added = new ArrayList<>();
        if (target.plans().size() > 1) {
            return added;
        }
        for (Index index : target.first().definition().indexes()) {
            String sql = there.contains(index.name()) ? null : sql(index);
            if (sql != null) {
                added.add(sql);
            }
        }
        return added;
    }

    private @Nullable String sql(Index index) {
        List<String> columns = new ArrayList<>();
        boolean cut = false;
        for (String column : index.columns()) {
            String name = target.target(column);
            if (name == null) {
                return null;
            }
            boolean isLong = LONG.contains(type(name));
            cut |= isLong;
            columns.add(Quoting.identifier(name) + (isLong ? "(" + PREFIX + ")" : ""));
        }
        boolean usable = !columns.isEmpty() && index.method().equals("btree") && !(index.unique() && cut);
        if (!usable) {
            script.note(target.name().display() + ": index " + index.name()
                    + (cut
                            ? " is unique over long texts, which this database cannot hold: it is not created"
                            : " is not over plain columns: it is not created"));
            return null;
        }
        return "ADD " + (index.unique() ? "UNIQUE " : "") + "INDEX " + Quoting.identifier(index.name()) + " ("
                + columns.stream().collect(Collectors.joining(", ")) + ")";
    }

    private String type(String name) {
        return target.columns().stream()
                .filter(column -> column.target().equals(name))
                .map(ColumnPlan::targetNativeType)
                .findFirst()
                .orElse("");
    }
}
