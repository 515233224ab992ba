package io.godwit.planner.planning;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.question.SinkQuestions;
import io.godwit.core.question.SourceQuestions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Readers and writers to ask, by pool. */
public final class Functions {
    private final Map<String, Pooled> pools;

    /** The functions of one pool. */
    public record Pooled(SourceQuestions readers, SinkQuestions writers) {}

    public Functions(Map<String, Pooled> pools) {
        this.pools = new TreeMap<>(pools);
    }

    /**
     * Readers that reach a source: of the first of its pools that there is, so that whoever holds a snapshot is found
     * again.
     */
    public SourceQuestions readersOf(Connection source) {
        return reaching(source).readers();
    }

    public SinkQuestions writersOf(Connection sink) {
        return reaching(sink).writers();
    }

    /**
     * The pools that reach a source and all the sinks that its rows go into.
     *
     * @throws GodwitException NOT_SUPPORTED where there is none
     */
    public List<String> between(Connection source, List<Connection> sinks) {
        List<String> all = source.pools().stream()
                .filter(pool -> sinks.stream().allMatch(sink -> sink.pools().contains(pool)))
                .filter(pools::containsKey)
                .toList();
        if (all.isEmpty()) {
            throw new GodwitException(
                    ErrorCode.NOT_SUPPORTED,
                    "no pool reaches both connection %s (pools %s) and %s; there are %s"
                            .formatted(
                                    source.name(),
                                    source.pools(),
                                    sinks.stream()
                                            .map(sink ->
                                                    "connection %s (pools %s)".formatted(sink.name(), sink.pools()))
                                            .collect(Collectors.joining(" and ")),
                                    pools.keySet()),
                    "Name under pools: of all of them one whose functions reach all.");
        }
        return all;
    }

    private Pooled reaching(Connection connection) {
        return connection.pools().stream()
                .filter(pools::containsKey)
                .findFirst()
                .map(pools::get)
                .orElseThrow(() -> new GodwitException(
                        ErrorCode.NOT_SUPPORTED,
                        "connection %s names pools %s; there are %s"
                                .formatted(connection.name(), connection.pools(), new TreeSet<>(pools.keySet())),
                        "Name one of them under the connection's pools:."));
    }
}
