package io.godwit.planner.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.core.question.SourceQuestions.KeyHash;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyPageTest {
    private static KeyHash row(String key, String hash) {
        return new KeyHash(key, hash, 1);
    }

    /** Else a row that differs would be missing on one page and extra on the next. */
    @Test
    void rowsOfOneKeyAreOnOnePage() {
        List<KeyHash> source = List.of(row("a", "1"), row("b", "1"));
        List<KeyHash> target = List.of(row("a", "1"), row("b", "9"));

        KeyPage page = KeyPage.of(List.of(source), List.of(target), 2);

        assertThat(page.source()).containsExactly(row("a", "1"));
        assertThat(page.target()).containsExactly(row("a", "1"));
        assertThat(page.end()).isEqualTo(row("a", "1"));
    }

    @Test
    void keyWithMoreRowsThanAPageIsCutBetweenThem() {
        List<KeyHash> source = List.of(row("a", "1"), row("a", "2"));

        KeyPage page = KeyPage.of(List.of(source), List.of(List.of(row("a", "3"))), 2);

        assertThat(page.source()).hasSize(2);
        assertThat(page.target()).isEmpty();
        assertThat(page.end()).isEqualTo(row("a", "2"));
    }

    @Test
    void lastPageHasAll() {
        KeyPage page = KeyPage.of(List.of(List.of(row("a", "1"))), List.of(List.of()), 2);

        assertThat(page.source()).hasSize(1);
        assertThat(page.end()).isNull();
    }
}
