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
        return new KeyPage(upTo(end, sources), upTo(end, targets), end);
    }

    private static List<KeyHash> upTo(@Nullable KeyHash end, List<List<KeyHash>> answers) {
        return answers.stream()
                .flatMap(List::stream)
                .filter(key -> end == null || key.compareTo(end) <= 0)
                .toList();
    }
}
