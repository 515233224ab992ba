package io.godwit.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunIdTest {
    @ParameterizedTest
    @ValueSource(strings = {"2026-11-22T02:00:00Z", "2026-11-22T02:00:00.007Z", "1969-12-31T23:59:59.990Z"})
    void idHasThePlanTime(String planTime) {
        assertThat(RunId.of("shop-nightly", Instant.parse(planTime)).planTime()).isEqualTo(Instant.parse(planTime));
    }
}
