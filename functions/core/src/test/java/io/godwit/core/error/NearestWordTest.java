package io.godwit.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestWordTest {
    private static final List<String> WORDS = List.of("append", "upsert", "ignore", "overwrite", "swap", "to", "from");

    @ParameterizedTest
    @CsvSource({
        "upsrt, upsert",
        "Upsert, upsert",
        "upsetr, upsert",
        "over-write, overwrite",
        "sawp, swap",
        "form, from",
        "too, to",
        "merge,",
        "'',",
        "x,"
    })
    void isAFewTypingErrorsAway(String written, @Nullable String meant) {
        assertThat(NearestWord.of(written, WORDS).orElse(null)).isEqualTo(meant);
    }
}
