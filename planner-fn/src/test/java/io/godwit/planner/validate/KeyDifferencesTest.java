package io.godwit.planner.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.core.question.PlannerQuestions.Difference;
import io.godwit.core.question.SourceQuestions.KeyHash;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyDifferencesTest {
    private static final List<KeyHash> SOURCE =
            List.of(new KeyHash("1", "a", 1), new KeyHash("2", "b", 1), new KeyHash("3", "c", 1));

    @Test
    void missingExtraAndDifferentRowsAreToldApart() {
        KeyDifferences found = KeyDifferences.between(
                SOURCE,
                List.of(new KeyHash("1", "a", 1), new KeyHash("2", "x", 1), new KeyHash("4", "d", 1)),
                true,
                10);

        assertThat(found.count()).isEqualTo(3);
        assertThat(found.named())
                .containsExactly(
                        new Difference("2", "different"), new Difference("3", "missing"), new Difference("4", "extra"));
    }

    @Test
    void extraRowsOfASharedTargetDoNotCount() {
        List<KeyHash> target = List.of(
                new KeyHash("1", "a", 1), new KeyHash("2", "b", 1), new KeyHash("3", "c", 1), new KeyHash("9", "z", 1));

        assertThat(KeyDifferences.between(SOURCE, target, false, 10).count()).isZero();
    }

    @Test
    void countIsFullWhereNamesAreNot() {
        KeyDifferences found = KeyDifferences.between(SOURCE, List.of(), true, 1);

        assertThat(found.count()).isEqualTo(3);
        assertThat(found.named()).hasSize(1);
    }

    @Test
    void rowsWithOneKeyAreMatchedAsOftenAsBothSidesHaveThem() {
        List<KeyHash> twice = List.of(new KeyHash("1", "a", 2), new KeyHash("1", "b", 1));
        List<KeyHash> once = List.of(new KeyHash("1", "a", 1), new KeyHash("1", "b", 1));

        assertThat(KeyDifferences.between(twice, once, true, 10).named())
                .containsExactly(new Difference("1", "missing"));
        assertThat(KeyDifferences.between(once, twice, true, 10).named()).containsExactly(new Difference("1", "extra"));
        assertThat(KeyDifferences.between(twice, twice, true, 10).count()).isZero();
    }
}
