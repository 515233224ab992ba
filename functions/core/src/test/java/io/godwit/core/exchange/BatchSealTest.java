package io.godwit.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.core.run.AttemptId;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchSealTest {
    private static final SubtaskId SUBTASK = SubtaskId.of(new StepId("job.20260101T000000.000Z/copy"), 0, 3);
    private static final AttemptId ATTEMPT = AttemptId.fresh();

    private final BatchSeal seal = new BatchSeal(key(1));

    private static byte[] key(int of) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) of);
        return key;
    }

    private static Batch clear(int bytes) {
        return new Batch(
                SUBTASK,
                ATTEMPT,
                2,
                7,
                "a row ".repeat(bytes).substring(0, bytes).getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 100_000})
    void whatIsSealedOpens(int bytes) throws Exception {
        Batch sealed = seal.seal(clear(bytes));

        assertThat(sealed.payload()).hasSize(bytes + BatchSeal.OVERHEAD);
        assertThat(new String(sealed.payload(), StandardCharsets.ISO_8859_1)).doesNotContain("a row ");
        Batch opened = new BatchSeal(key(1)).open(sealed);
        assertThat(opened.payload()).isEqualTo(clear(bytes).payload());
        assertThat(List.of(opened.subtask(), opened.attempt(), opened.sequence(), opened.rows()))
                .containsExactly(SUBTASK, ATTEMPT, 2, 7);
    }

    @Test
    void sameRowsAreNeverSealedAlike() {
        assertThat(seal.seal(clear(50)).payload())
                .isNotEqualTo(seal.seal(clear(50)).payload());
    }

    @Test
    void whateverByteIsChangedItDoesNotOpen() {
        Batch sealed = seal.seal(clear(20));
        for (int i = 0; i < sealed.payload().length; i++) {
            byte[] changed = sealed.payload().clone();
            changed[i] ^= 1;
            refuses(seal, new Batch(SUBTASK, ATTEMPT, 2, 7, changed));
        }
        for (int length = 0; length < sealed.payload().length; length++) {
            refuses(seal, new Batch(SUBTASK, ATTEMPT, 2, 7, Arrays.copyOf(sealed.payload(), length)));
        }
    }

    @Test
    void inAnothersPlaceItDoesNotOpen() {
        byte[] payload = seal.seal(clear(20)).payload();
        refuses(seal, new Batch(SUBTASK, ATTEMPT, 3, 7, payload));
        refuses(seal, new Batch(SUBTASK, ATTEMPT, 2, 8, payload));
        refuses(seal, new Batch(SUBTASK, AttemptId.fresh(), 2, 7, payload));
        refuses(seal, new Batch(SubtaskId.of(SUBTASK.step(), 0, 4), ATTEMPT, 2, 7, payload));
    }

    @Test
    void underAnotherKeyOrNeverSealedItDoesNotOpen() {
        refuses(new BatchSeal(key(2)), seal.seal(clear(20)));
        refuses(seal, clear(20));
        assertThatThrownBy(() -> new BatchSeal(new byte[16])).isInstanceOf(IllegalArgumentException.class);
    }

    private static void refuses(BatchSeal seal, Batch batch) {
        assertThatThrownBy(() -> seal.open(batch)).isInstanceOf(BatchSeal.BrokenException.class);
    }
}
