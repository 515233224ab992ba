package io.godwit.planner.validate;

import io.godwit.core.question.PlannerQuestions.Difference;
import io.godwit.core.question.SourceQuestions.KeyHash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * How the rows of one bucket differ. A key that several rows have (there may be no unique key) is matched as often as
 * both sides have it, equal rows first.
 *
 * @param count all of them
 * @param extra those of them that are rows which only the target has
 * @param named in the order of their keys, at most as many as were asked for
 */
record KeyDifferences(long count, long extra, List<Difference> named) {
    /** What is said of a row that only the target has. */
    static final String EXTRA = "extra";

    /** @param extraCounts whether rows that only the target has are differences */
    static KeyDifferences between(
            Collection<KeyHash> source, Collection<KeyHash> target, boolean extraCounts, int limit) {
        Map<String, Map<String, Long>> here = rowsByKey(source);
        Map<String, Map<String, Long>> there = rowsByKey(target);
        TreeSet<String> all = new TreeSet<>(here.keySet());
        all.addAll(there.keySet());
        long count = 0;
        long allExtra = 0;
        List<Difference> named = new ArrayList<>();
        for (String key : all) {
            long missing = lacking(here.getOrDefault(key, Map.of()), there.getOrDefault(key, Map.of()));
            long extra = lacking(there.getOrDefault(key, Map.of()), here.getOrDefault(key, Map.of()));
            long different = Math.min(missing, extra);
            long only = extraCounts ? extra - different : 0;
            count += missing + only;
            allExtra += only;
            name(named, limit, key, "different", different);
            name(named, limit, key, "missing", missing - different);
            name(named, limit, key, EXTRA, only);
        }
        return new KeyDifferences(count, allExtra, named);
    }

    private static void name(List<Difference> named, int limit, String key, String what, long times) {
        for (long i = 0; i < times && named.size() < limit; i++) {
            named.add(new Difference(key, what));
        }
    }

    /** How many rows of {@code from} have none like them in {@code in}; both are numbers of rows by hash. */
    private static long lacking(Map<String, Long> from, Map<String, Long> in) {
        return from.entrySet().stream()
                .mapToLong(rows -> Math.max(0, rows.getValue() - in.getOrDefault(rows.getKey(), 0L)))
                .sum();
    }

    private static Map<String, Map<String, Long>> rowsByKey(Collection<KeyHash> rows) {
        Map<String, Map<String, Long>> byKey = new HashMap<>();
        rows.forEach(row ->
                byKey.computeIfAbsent(row.key(), key -> new HashMap<>()).merge(row.hash(), row.rows(), Long::sum));
        return byKey;
    }
}
