package io.godwit.connector.jdbc.dialect;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.sink.SinkScript;
import io.godwit.connector.jdbc.sink.SinkTarget;
import io.godwit.core.table.Index;
import io.godwit.core.table.Key;
import io.godwit.core.table.TableDescription;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Gives a created table its source's indexes over plain columns that all come along, after the load; but a table that
 * is overwritten gets them, while it is empty, before the rows come from aside: afterwards the transaction that brought
 * them would keep another session from defining anything.
 */
final class SinkIndexes {
    /** Characters of a name that is made up: some databases take no more than 128 bytes. */
    private static final int MOST = 60;

    private final JdbcSession session;
    private final Dialect dialect;
    private final DialectCatalog catalog;
    private final SinkScript script;

    SinkIndexes(JdbcSession session, Dialect dialect, DialectCatalog catalog, SinkScript script) {
        this.session = session;
        this.dialect = dialect;
        this.catalog = catalog;
        this.script = script;
    }

    private record Made(List<String> columns, boolean unique) {
        boolean isFor(Made other) {
            return columns.equals(other.columns) && (unique || !other.unique);
        }
    }

    void create(SinkTarget target) throws SQLException {
        Optional<TableDescription> found =
                catalog.describe(List.of(target.kept())).stream().findFirst();
        if (found.isEmpty() || target.plans().size() > 1) {
            return;
        }
        List<Made> there = new ArrayList<>(there(found.get()));
        for (Index index : target.first().definition().indexes()) {
            List<String> columns = index.columns().stream()
                    .flatMap(column -> Stream.ofNullable(target.target(column)))
                    .toList();
            Made wanted = new Made(columns, index.unique());
            if (columns.isEmpty() || columns.size() < index.columns().size()) {
                script.note(target.name().display() + ": index " + index.name()
                        + " is not over plain columns that all come along: it is not created");
            } else if (there.stream().noneMatch(made -> made.isFor(wanted))) {
                create(target, index, columns);
                there.add(wanted);
            }
        }
    }

    /** By their columns: one may have got another name, and some databases take no two over the same. */
    private static List<Made> there(TableDescription table) {
        Key primary = table.primaryKey();
        return Stream.concat(
                        Stream.ofNullable(primary).map(key -> new Made(key.columns(), true)),
                        table.indexes().stream().map(index -> new Made(index.columns(), index.unique())))
                .toList();
    }

    private void create(SinkTarget target, Index index, List<String> columns) throws SQLException {
        String own = target.name().name() + "_" + String.join("_", columns) + "_key";
        for (String name : List.of(index.name(), own.length() > MOST ? own.substring(0, MOST) : own)) {
            if (!isTaken(name)) {
                script.run(SinkSql.index(dialect, dialect.words().table(target.kept()), name, index.unique(), columns));
                return;
            }
        }
        script.note(
                target.name().display() + ": index " + index.name() + " has a name that is taken: it is not created");
    }

    private boolean isTaken(String name) throws SQLException {
        String sql = dialect.sink().indexNamed();
        return !sql.isEmpty() && session.first(sql, row -> true, name).isPresent();
    }
}
