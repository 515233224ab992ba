package io.godwit.planner.validate;

import io.godwit.core.question.PlannerQuestions.Difference;
import io.godwit.core.question.SourceQuestions.KeyHash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the rows of one bucket differ. A key that several rows have (there may be no unique key) is matched as often as
 * both sides have it, equal rows first.
 *
 * @param count all of them
 * @param named in the order of their keys, at most as many as were asked for
 */
record KeyDifferences(long count, List<Difference> named) {

    /** @param extraCounts whether rows that only the target has are differences */
    static KeyDifferences between(
            Collection<KeyHash> source, Collection<KeyHash> target, boolean extraCounts, int limit) {
        Map<String, List<String>> here = hashesByKey(source);
        Map<String, List<String>> there = hashesByKey(target);
        TreeMap<String, List<String>> all = new TreeMap<>(here);
        there.forEach(all::putIfAbsent);
        long count = 0;
        List<Difference> named = new ArrayList<>();
        for (String key : all.keySet()) {
            List<String> missing = minus(here.getOrDefault(key, List.of()), there.getOrDefault(key, List.of()));
            List<String> extra = minus(there.getOrDefault(key, List.of()), here.getOrDefault(key, List.of()));
            int different = Math.min(missing.size(), extra.size());
            int only = extraCounts ? extra.size() - different : 0;
            count += missing.size() + only;
            name(named, limit, key, "different", different);
            name(named, limit, key, "missing", missing.size() - different);
            name(named, limit, key, "extra", only);
        }
        return new KeyDifferences(count, named);
    }

    private static void name(List<Difference> named, int limit, String key, String what, int times) {
        for (int i = 0; i < times && named.size() < limit; i++) {
            named.add(new Difference(key, what));
        }
    }

    private static List<String> minus(List<String> from, List<String> what) {
        List<String> left = new ArrayList<>(from);
        what.forEach(left::remove);
        return left;
    }

    private static Map<String, List<String>> hashesByKey(Collection<KeyHash> rows) {
        Map<String, List<String>> byKey = new HashMap<>();
        rows.forEach(row ->
                byKey.computeIfAbsent(row.key(), key -> new ArrayList<>()).add(row.hash()));
        return byKey;
    }
}
