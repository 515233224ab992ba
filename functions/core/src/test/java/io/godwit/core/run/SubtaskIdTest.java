package io.godwit.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubtaskIdTest {
    private static final StepId STEP = new StepId("shop.20261122T020000Z/copy");

    @Test
    void idIsReadBackAsItsParts() {
        SubtaskId id = new SubtaskId(SubtaskId.of(STEP, 12_345, 1_234_567).value());

        assertThat(id).hasToString("shop.20261122T020000Z/copy/12345/1234567");
        assertThat(id.step()).isEqualTo(STEP);
        assertThat(id.table()).isEqualTo(12_345);
        assertThat(id.split()).isEqualTo(1_234_567);
    }

    /** Else one subtask could be written by several names. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0/000000",
                "0000/0",
                "0000/+00000",
                "0000/-00001",
                "00001/000000",
                "0000/0000001",
                "0000/٠٠٠٠٠٠",
                "0000"
            })
    void numberHasOneForm(String ordinals) {
        assertThatThrownBy(() -> new SubtaskId(STEP + "/" + ordinals)).isInstanceOf(IllegalArgumentException.class);
    }
}
