package io.godwit.connector.postgresql;

import io.godwit.core.plan.TablePlan;
import io.godwit.core.table.ForeignKey;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gives created tables their sources' foreign keys to tables of the same step. */
final class PostgresSinkReferences {
    private final PostgresSinkSession session;
    private final PostgresSinkScript script;
    private final List<PostgresSinkTarget> targets;
    private final PostgresSinkForeignKeys keys;

    PostgresSinkReferences(PostgresSinkSession session, PostgresSinkScript script, List<PostgresSinkTarget> targets) {
        this.session = session;
        this.script = script;
        this.targets = targets;
        this.keys = new PostgresSinkForeignKeys(session, script);
    }

    /** Tells what {@link #create} will do to tables that are not there yet. */
    void announce(List<PostgresSinkTarget> missing) {
        for (PostgresSinkTarget target : missing) {
            for (ForeignKey key : target.first().definition().foreignKeys()) {
                fitting(target, key).ifPresent(own -> script.announce(own.addSql()));
            }
        }
    }

    /** @throws io.godwit.core.error.GodwitException ROW_REFUSED where a row refers to nobody */
    void create(List<PostgresSinkTarget> created) throws SQLException {
        for (PostgresSinkTarget target : created) {
            Set<String> there = new HashSet<>();
            keys.touching(List.of(target.name())).stream()
                    .filter(key -> key.table().equals(target.name()))
                    .forEach(key -> there.add(key.name()));
            for (ForeignKey key : target.first().definition().foreignKeys()) {
                Optional<PostgresSinkForeignKey> own =
                        there.contains(key.name()) ? Optional.empty() : fitting(target, key);
                if (own.isPresent()) {
                    add(own.get(), leftOut(target, key));
                }
            }
        }
    }

    private static String leftOut(PostgresSinkTarget target, ForeignKey key) {
        return target.name().display() + ": foreign key " + key.name() + " is left out";
    }

    /** The key between the targets; empty, with a note, where it does not come along. */
    private Optional<PostgresSinkForeignKey> fitting(PostgresSinkTarget target, ForeignKey key) {
        String leftOut = leftOut(target, key);
        Optional<PostgresSinkTarget> references = targets.stream()
                .filter(other -> other.plans().stream()
                        .anyMatch(plan -> plan.definition().name().equals(key.references())))
                .findFirst();
        if (references.isEmpty()) {
            script.note(leftOut + ", because " + key.references().display() + " is not loaded by this step");
            return Optional.empty();
        }
        Optional<String> definition = definition(target.first(), references.get(), key);
        if (definition.isEmpty()) {
            script.note(leftOut + ", because a column of it does not come along");
            return Optional.empty();
        }
        return Optional.of(new PostgresSinkForeignKey(
                target.name(), key.name(), references.get().name(), definition.get(), null));
    }

    private static Optional<String> definition(TablePlan plan, PostgresSinkTarget references, ForeignKey key) {
        PostgresSinkMapping mapping = new PostgresSinkMapping(plan);
        String source = key.definition();
        String actions = source == null || !mapping.isSameKind() ? "" : PostgresSinkClauses.afterReferences(source);
        TablePlan other = references.plans().stream()
                .filter(each -> each.definition().name().equals(key.references()))
                .findFirst()
                .orElseThrow();
        return mapping.targets(key.columns())
                .flatMap(columns -> new PostgresSinkMapping(other)
                        .targets(key.referencedColumns())
                        .map(referenced -> "FOREIGN KEY (" + Quoting.identifiers(columns) + ") REFERENCES "
                                + references.sql() + " (" + Quoting.identifiers(referenced) + ")"
                                // SET NULL may name columns.
                                + (mapping.keeps(actions) ? actions : "")));
    }

    private void add(PostgresSinkForeignKey key, String leftOut) throws SQLException {
        session.run("SAVEPOINT reference");
        try {
            keys.add(key);
        } catch (SQLException e) {
            // No unique key over there, or types that do not compare.
            if (!PostgresErrors.state(e).startsWith("42")
                    || PostgresErrors.state(e).equals("42501")) {
                throw e;
            }
            session.run("ROLLBACK TO SAVEPOINT reference");
            script.note(leftOut + ": " + PostgresErrors.text(e));
        }
        session.run("RELEASE SAVEPOINT reference");
    }
}
