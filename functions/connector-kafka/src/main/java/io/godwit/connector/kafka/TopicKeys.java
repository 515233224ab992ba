package io.godwit.connector.kafka;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.TablePlan;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What keys the messages of a step will have, said before any is written: a name that is misspelt would else mean none.
 *
 * @param wanted the connection's columns for keys, where it has some
 */
record TopicKeys(Connection connection, List<String> wanted) {

    /** That each of the connection's columns is one of some table. A replay has not all tables of its step. */
    void requireKnown(List<TablePlan> tables) {
        List<String> columns = tables.stream()
                .flatMap(table -> table.columns().stream())
                .map(ColumnPlan::target)
                .toList();
        if (tables.isEmpty() || tables.stream().anyMatch(TablePlan::replays)) {
            return;
        }
        wanted.stream().filter(name -> !columns.contains(name)).findFirst().ifPresent(name -> {
            throw new GodwitException(
                    ErrorCode.CONNECTION_OPTION_REFUSED,
                    "connection " + connection.name() + ": option key names column " + name
                            + ", which no table of the step has",
                    "Write the names that columns have in the topics, with commas between them.");
        });
    }

    /** The key of a topic's messages, for people; of several tables with several keys, that of each. */
    List<String> notes(TopicPlans topic) {
        Map<String, String> tables = new TreeMap<>();
        for (TablePlan table : topic.plans()) {
            MessageKey key = new MessageKey(table, wanted);
            tables.merge(
                    key.isNone() ? "no key, and go to any partition" : "the key " + key.names(),
                    table.source().name() + ": " + table.definition().name(),
                    (first, second) -> first + ", " + second);
        }
        return tables.entrySet().stream()
                .map(key -> "topic " + topic.topic() + ": messages" + (tables.size() > 1 ? " of " + key.getValue() : "")
                        + " have " + key.getKey())
                .toList();
    }
}
