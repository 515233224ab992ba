package io.godwit.connector.opensearch;

import io.godwit.connector.json.JsonField;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.CreateMode;
import io.godwit.core.job.WriteMode;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.SinkQuestions.Preparation;
import io.godwit.core.question.SinkQuestions.PrepareStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the indices that a step writes. */
final class Preparing {
    private final Cluster cluster;
    private final Aliases aliases;
    private final String prefix;

    Preparing(Cluster cluster, Aliases aliases, String prefix) {
        this.cluster = cluster;
        this.aliases = aliases;
        this.prefix = prefix;
    }

    /** @param only whether only to tell what would be done */
    Preparation prepare(PrepareStep question, boolean only) {
        if (!question.before().isEmpty()) {
            throw refused("before: runs SQL, which a cluster has not", "Take it out.");
        }
        Map<String, TablePlan> tables = new LinkedHashMap<>();
        question.tables().forEach(table -> tables.putIfAbsent(alias(table), table));
        tables.forEach(this::require);
        List<String> statements = new ArrayList<>();
        tables.forEach((alias, table) -> {
            String index = Names.index(alias, question.step());
            List<JsonField> columns = Mapping.columns(table);
            if (!only) {
                // A table that is new is there from now on, without a document.
                aliases.create(index, columns, alias, aliases.find(alias).isEmpty());
            }
            statements.add("create index " + index + " (" + columns.size() + " columns)");
        });
        return new Preparation(statements, List.of());
    }

    private String alias(TablePlan table) {
        try {
            return Names.alias(prefix, table.target());
        } catch (IllegalArgumentException e) {
            throw refused("table " + e.getMessage(), "Give it another name under to.");
        }
    }

    private void require(String alias, TablePlan table) {
        String name = "table " + table.target().display();
        if (table.mode().needsKey()) {
            throw refused(
                    name + ": indices that show at once have no keys by which rows could meet",
                    "Use mode append, overwrite or swap.");
        }
        if (table.mode() == WriteMode.OVERWRITE && table.where() != null) {
            throw refused(
                    name + ": rows of a condition cannot be taken out of indices",
                    "Overwrite all with swap, or write each part into a table of its own.");
        }
        Optional<Aliases.Table> there = aliases.find(alias);
        if (there.isEmpty()) {
            if (table.create() == CreateMode.NEVER) {
                throw cluster.error(
                        ErrorCode.TARGET_TABLE_NOT_FOUND,
                        "no " + name + ": there is no alias " + alias,
                        "Take create: never out.",
                        null);
            }
            return;
        }
        List<JsonField> columns = there.get().columns();
        if (columns == null) {
            throw refused(
                    alias + " is an index, or leads to one, that Godwit did not write",
                    "Name another table: others' indices are never replaced or mixed with ours.");
        }
        boolean fits = table.mode().loadsAside()
                || table.create() == CreateMode.RECREATE
                || columns.equals(Mapping.columns(table));
        if (!fits) {
            throw cluster.error(
                    ErrorCode.TYPE_INCOMPATIBLE,
                    "the columns of " + alias + " are others than those of the step, and its indices must be alike",
                    "Append to another table, or replace it with mode swap.",
                    null);
        }
    }

    private GodwitException refused(String why, String remedy) {
        return cluster.error(ErrorCode.NOT_SUPPORTED, why, remedy, null);
    }
}
