package io.godwit.connector.opensearch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.CreateMode;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.port.SinkLedgers;
import io.godwit.core.port.SinkLedgers.Units;
import io.godwit.core.question.SinkQuestions.PublishStep;
import io.godwit.core.question.SinkQuestions.Published;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Shows a step's indices to all, those of all its tables in one request. Before that each is closed to writers, and
 * holds exactly what the ledger says. Done again, after it broke off anywhere, it comes to the same.
 */
final class Publication implements SinkLedgers.Publisher {
    private static final int MOST_CLEARINGS = 5;

    private final Cluster cluster;
    private final Aliases aliases;
    private final String prefix;

    Publication(Cluster cluster, Aliases aliases, String prefix) {
        this.cluster = cluster;
        this.aliases = aliases;
        this.prefix = prefix;
    }

    /** A table: its plan, the first one where several go into it, and what was written for it. */
    private record Target(String alias, String index, TablePlan table, Written written) {}

    private List<Target> targets(PublishStep question, Units units) {
        Map<String, TablePlan> tables = new LinkedHashMap<>();
        Map<String, Set<Integer>> ordinals = new LinkedHashMap<>();
        for (TablePlan table : question.tables()) {
            String alias = Names.alias(prefix, table.target());
            tables.putIfAbsent(alias, table);
            ordinals.computeIfAbsent(alias, key -> new TreeSet<>()).add(table.ordinal());
        }
        List<Target> targets = new ArrayList<>();
        tables.forEach((alias, table) -> targets.add(new Target(
                alias,
                Names.index(alias, question.step()),
                table,
                Written.of(units, ordinals.getOrDefault(alias, Set.of())))));
        return targets;
    }

    @Override
    public void look(PublishStep question, Units units) {
        if (!question.after().isEmpty()) {
            throw cluster.error(
                    ErrorCode.NOT_SUPPORTED, "after: runs SQL, which a cluster has not", "Take it out.", null);
        }
        for (Target target : targets(question, units)) {
            requireOurs(target.index(), target.table());
            aliases.refresh(target.index());
            long there = aliases.count(target.index(), target.written().query());
            if (there >= 0 && there < target.written().documents()) {
                throw lacking(target.index(), there, target.written().documents());
            }
            replaced(target.alias(), target.index(), target.table());
        }
    }

    @Override
    public boolean mayShow(PublishStep question) {
        return targets(question, each -> {}).stream()
                .anyMatch(target -> aliases.find(target.alias())
                        .map(table -> table.shown().contains(target.index()))
                        .orElse(false));
    }

    @Override
    public Published publish(PublishStep question, Units units) {
        ObjectNode request = Cluster.JSON.createObjectNode();
        ArrayNode actions = request.withArrayProperty("actions");
        List<String> statements = new ArrayList<>();
        targets(question, units).forEach(target -> {
            String alias = target.alias();
            String index = target.index();
            requireOurs(index, target.table());
            seal(index, target.written());
            actions.addObject().withObjectProperty("add").put("index", index).put("alias", alias);
            List<String> replaced = replaced(alias, index, target.table());
            replaced.forEach(old ->
                    actions.addObject().withObjectProperty("remove_index").put("index", old));
            statements.add("add " + index + " with " + target.written().documents() + " documents to " + alias
                    + (replaced.isEmpty() ? "" : ", in the place of " + replaced.size() + " indices"));
        });
        cluster.ask("publishing step " + question.step(), "POST", "/_aliases", request.toString());
        return new Published(statements, List.of());
    }

    private List<String> replaced(String alias, String index, TablePlan table) {
        boolean replaces = table.mode().loadsAside() || table.create() == CreateMode.RECREATE;
        Optional<Aliases.Table> before = replaces ? aliases.find(alias) : Optional.empty();
        List<String> others = before.map(Aliases.Table::others).orElse(List.of());
        if (!others.isEmpty()) {
            // Whoever put it there since the step was prepared would lose it with the indices that are replaced.
            throw cluster.error(
                    ErrorCode.SINK_REFUSED,
                    alias + " leads to " + others + ", which Godwit did not write and does not replace",
                    "Take it out of the alias, or give it another; then publish again.",
                    null);
        }
        return before.map(Aliases.Table::shown).orElse(List.of()).stream()
                .filter(old -> !old.equals(index))
                .toList();
    }

    /** Once deleted, it may have been made anew by whoever wrote to its name. */
    private void requireOurs(String index, TablePlan table) {
        if (!aliases.columns(index).equals(Optional.of(Mapping.columns(table)))) {
            throw gone(index);
        }
    }

    private GodwitException gone(String index) {
        return cluster.error(
                ErrorCode.SINK_REFUSED,
                index + " is gone, or is not the one that its step made, before the step could be published",
                "Start a new run; let nobody delete indices with -godwit- in their names.",
                null);
    }

    private GodwitException lacking(String index, long there, long written) {
        return cluster.error(
                ErrorCode.SINK_REFUSED,
                index + " has " + there + " of the " + written + " documents that its step wrote",
                "Somebody deleted the others: start a new run.",
                null);
    }

    /** Lets nobody write any more, a writer that thinks that it still may least of all; then looks what is there. */
    private void seal(String index, Written written) {
        long there = -1;
        for (int tries = 0; tries < MOST_CLEARINGS; tries++) {
            Cluster.Answer sealed =
                    cluster.ask("sealing " + index, "PUT", "/" + Names.inPath(index) + "/_block/write", null);
            if (!sealed.isThere()) {
                throw gone(index);
            }
            // An index that an earlier try closed is not waited for: it is opened, and closed anew.
            boolean closed = sealed.json().path("shards_acknowledged").asBoolean();
            if (closed) {
                aliases.refresh(index);
                there = aliases.count(index);
                if (there == written.documents()) {
                    return;
                }
            }
            // Under the same block nothing could be deleted; what is written meanwhile is found by the next look.
            cluster.ask(
                    "opening " + index,
                    "PUT",
                    "/" + Names.inPath(index) + "/_settings",
                    "{\"index.blocks.write\": false}");
            if (closed) {
                cluster.ask(
                        "clearing " + index,
                        "POST",
                        "/" + Names.inPath(index) + "/_delete_by_query?conflicts=proceed&refresh=true",
                        written.litter());
            }
        }
        if (there >= 0 && there < written.documents()) {
            throw lacking(index, there, written.documents()); // all that was too much has been cleared away
        }
        throw new GodwitException(
                ErrorCode.SINK_INTERRUPTED,
                index + " does not hold what the ledger says, and does not come to it by clearing; or not every shard"
                        + " said that it takes no more writes",
                "It is tried again. Look whether the cluster is well.");
    }
}
