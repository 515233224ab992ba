package io.godwit.connector.postgresql;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.CreateMode;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.question.SinkQuestions.Preparation;
import io.godwit.core.question.SinkQuestions.PrepareStep;
import io.godwit.core.table.Column;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What preparing a step does to its targets, in this order: drop what is to be recreated; create schemas, types and
 * tables that are missing; run the job's {@code before}; take off foreign keys; create the tables to load aside.
 */
final class PostgresSinkPreparation {
    private final PostgresSinkSession session;
    private final PostgresSinkScript script;
    private final String database;

    PostgresSinkPreparation(PostgresSinkSession session, PostgresSinkScript script, String database) {
        this.session = session;
        this.script = script;
        this.database = database;
    }

    /**
     * Does it, or only tells it.
     *
     * @param beforeToo whether {@code before} was not run yet
     */
    Preparation prepare(PrepareStep question, boolean beforeToo) throws SQLException {
        List<PostgresSinkTarget> targets = PostgresSinkTarget.of(question.tables());
        Map<TableName, TableDescription> existing = existing(targets);
        targets.forEach(target -> check(target, existing.get(target.name())));
        PostgresSinkUnfinished unfinished = new PostgresSinkUnfinished(session, script);
        PostgresSinkAside asides = new PostgresSinkAside(session, script);
        asides.dropLeftOvers(question.step(), targets);
        recreate(targets, existing);
        PostgresSinkTypes types = new PostgresSinkTypes(session, script);
        Map<TableName, List<String>> columns = new HashMap<>();
        Map<TableName, List<String>> awaited = new HashMap<>();
        for (PostgresSinkTarget target : targets) {
            TableDescription found = existing.get(target.name());
            if (found == null) {
                PostgresSinkPrimaryKey key = new PostgresSinkPrimaryKey(target);
                boolean keyWaits = key.canWait(question);
                columns.put(target.name(), create(types, target, keyWaits));
                awaited.put(target.name(), keyWaits ? key.columns() : List.of());
            } else {
                columns.put(target.name(), adapt(types, target, found));
            }
        }
        announce(targets, existing);
        for (int i = 0; beforeToo && i < question.before().size(); i++) {
            script.runUsers(question.before().get(i), "statement " + (i + 1) + " of before");
        }
        new PostgresSinkSuspension(session, script).suspend(question.step(), targets);
        for (PostgresSinkTarget target : targets) {
            if (target.mode().loadsAside()) {
                asides.create(target, columns.getOrDefault(target.name(), List.of()));
            }
            unfinished.book(
                    question.step(),
                    target,
                    !existing.containsKey(target.name()),
                    awaited.getOrDefault(target.name(), List.of()));
        }
        return new Preparation(script.statements(), script.notes());
    }

    /** What tables that are created now will be given once they are loaded: of no use to say but beforehand. */
    private void announce(List<PostgresSinkTarget> targets, Map<TableName, TableDescription> existing)
            throws SQLException {
        if (!script.isPretended()) {
            return;
        }
        List<PostgresSinkTarget> missing = targets.stream()
                .filter(target -> !existing.containsKey(target.name()))
                .toList();
        for (PostgresSinkTarget target : missing) {
            new PostgresSinkIndexes(session, script, target).announce();
        }
        new PostgresSinkReferences(session, script, targets).announce(missing);
    }

    private Map<TableName, TableDescription> existing(List<PostgresSinkTarget> targets) throws SQLException {
        List<TableName> names = targets.stream().map(PostgresSinkTarget::name).toList();
        Map<TableName, TableDescription> existing = new HashMap<>();
        for (TableDescription found : new PostgresCatalog(session.jdbc(), database).describe(names)) {
            existing.put(new TableName(null, found.name().schema(), found.name().name()), found);
        }
        return existing;
    }

    private static void check(PostgresSinkTarget target, @Nullable TableDescription found) {
        if (found == null && target.first().create() == CreateMode.NEVER) {
            throw new GodwitException(
                    ErrorCode.TARGET_TABLE_NOT_FOUND,
                    target.name().display() + ": no such table in the target database",
                    "Create it, or let the job create it (create: if-missing).");
        }
        if (found != null && !found.kind().equals("table") && !found.kind().equals(TableBuilder.PARTITIONED)) {
            throw new GodwitException(
                    ErrorCode.NOT_SUPPORTED,
                    target.name().display() + " is a " + found.kind() + ", which cannot be loaded",
                    "Name a table.");
        }
    }

    /**
     * In one statement, so that tables which only refer to one another do not hinder. What else depends on them does.
     */
    private void recreate(List<PostgresSinkTarget> targets, Map<TableName, TableDescription> existing)
            throws SQLException {
        List<String> dropped = new ArrayList<>();
        for (PostgresSinkTarget target : targets) {
            if (target.first().create() == CreateMode.RECREATE && existing.remove(target.name()) != null) {
                dropped.add(target.sql());
            }
        }
        if (!dropped.isEmpty()) {
            script.run("DROP TABLE " + String.join(", ", dropped));
        }
    }

    private List<String> create(PostgresSinkTypes types, PostgresSinkTarget target, boolean keyWaits)
            throws SQLException {
        types.makeSchema(target.schema());
        return new PostgresSinkCreation(script, types, target, keyWaits).create();
    }

    /** Adds columns that the plan has and the target lacks: whoever planned so was allowed to. Says which there are. */
    private List<String> adapt(PostgresSinkTypes types, PostgresSinkTarget target, TableDescription found)
            throws SQLException {
        List<String> names =
                found.columns().stream().map(Column::name).collect(Collectors.toCollection(ArrayList::new));
        for (ColumnPlan column : target.columns()) {
            if (found.column(column.target()).isEmpty()) {
                script.run("ALTER TABLE " + target.sql() + " ADD COLUMN " + Quoting.identifier(column.target()) + " "
                        + types.sql(target, column));
                names.add(column.target());
            }
        }
        List<String> given = giveKey(target);
        if (target.mode().needsKey()
                && !Set.copyOf(given).equals(Set.copyOf(target.first().key()))) {
            requireUnique(target);
        }
        return names;
    }

    /** To what another step made and has not come to its end with: this one's rows do not wait for the key. */
    private List<String> giveKey(PostgresSinkTarget target) throws SQLException {
        try {
            return new PostgresSinkUnfinished(session, script).giveKey(target);
        } catch (SQLException e) {
            throw PostgresSinkPublication.ofRows(target, e);
        }
    }

    private void requireUnique(PostgresSinkTarget target) throws SQLException {
        List<String> key = target.first().key();
        boolean unique = session.one("""
                SELECT EXISTS (
                  SELECT FROM pg_index x
                   WHERE x.indrelid = to_regclass(?) AND x.indisunique AND x.indisvalid AND x.indimmediate
                     AND x.indpred IS NULL AND x.indexprs IS NULL
                     AND (SELECT array_agg(a.attname::text COLLATE "C" ORDER BY a.attname::text COLLATE "C")
                            FROM unnest((x.indkey::int2[])[0 : x.indnkeyatts - 1]) k
                            JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k)
                       = (SELECT array_agg(k COLLATE "C" ORDER BY k COLLATE "C") FROM unnest(?::text[]) k))
                """, row -> row.getBoolean(1), target.sql(), key.toArray(new String[0]));
        if (!unique) {
            throw new GodwitException(
                    ErrorCode.KEY_REQUIRED,
                    target.name().display() + ": no unique index over exactly (" + String.join(", ", key) + ")",
                    "Name a key of the target that is unique, or create a unique index over these columns.");
        }
    }
}
