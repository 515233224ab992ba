package io.godwit.planner.validate;

import io.godwit.core.question.SourceQuestions.KeyHash;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keys of one bucket as several were asked for them, each for its first ones. Where one had more than it was asked for,
 * it is known of all of them only up to there which rows they have.
 *
 * @param end the last key up to which all have said what they have; null: all have said everything
 */
record KeyPage(
        List<KeyHash> source,
        List<KeyHash> target,
        @Nullable KeyHash end) {

    static KeyPage of(List<List<KeyHash>> sources, List<List<KeyHash>> targets, int limit) {
        KeyHash end = Stream.concat(sources.stream(), targets.stream())
                .filter(answer -> answer.size() >= limit)
                .map(answer -> answer.get(answer.size() - 1))
                .min(KeyHash::compareTo)
                .orElse(null);
        KeyHash whole = end == null ? null : lastOfAnotherKey(end, sources, targets);
        KeyHash cut = whole == null ? end : whole;
        return new KeyPage(upTo(cut, sources), upTo(cut, targets), cut);
    }

    /**
     * The last one whose key comes before that of {@code end}: so the rows of one key are compared with each other on
     * one page, unless they are more than one page holds. Null: there is no other key.
     */
    private static @Nullable KeyHash lastOfAnotherKey(
            KeyHash end, List<List<KeyHash>> sources, List<List<KeyHash>> targets) {
        return Stream.concat(sources.stream(), targets.stream())
                .flatMap(List::stream)
                .filter(row -> row.key().compareTo(end.key()) < 0)
                .max(KeyHash::compareTo)
                .orElse(null);
    }

    private static List<KeyHash> upTo(@Nullable KeyHash end, List<List<KeyHash>> answers) {
        return answers.stream()
                .flatMap(List::stream)
                .filter(key -> end == null || key.compareTo(end) <= 0)
                .toList();
    }
}
