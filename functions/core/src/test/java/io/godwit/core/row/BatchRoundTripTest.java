package io.godwit.core.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.exchange.Batch;
import io.godwit.core.run.Tally;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchRoundTripTest {

    @ParameterizedTest
    @MethodSource("io.godwit.core.row.Golden#all")
    void goldenFilesAreEncodedAgain(Golden golden) {
        List<Batch> batches = new ArrayList<>();
        Tally tally = Rows.encode(golden.columns(), golden.fact("batchBytes"), golden.rows(), batches);
        assertThat(batches).extracting(Batch::payload).containsExactlyElementsOf(golden.batches());
        assertThat(batches).extracting(Batch::rows).containsExactlyElementsOf(rowsPerBatch(golden));
        assertTally(golden, tally);
    }

    @ParameterizedTest
    @MethodSource("io.godwit.core.row.Golden#all")
    void goldenFilesAreDecoded(Golden golden) {
        List<Batch> batches = new ArrayList<>();
        List<Integer> rows = rowsPerBatch(golden);
        for (byte[] payload : golden.batches()) {
            batches.add(new Batch(Rows.SUBTASK, Rows.ATTEMPT, batches.size(), rows.get(batches.size()), payload));
        }
        List<byte[]> decoded = new ArrayList<>();
        assertTally(golden, Rows.decode(golden.columns(), batches, decoded));
        assertThat(decoded).containsExactlyElementsOf(golden.rows());
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 17, 64, 100, 1000, 100_000})
    void rowsOfEverySizeComeBackInOrder(int batchBytes) {
        Random random = new Random(batchBytes);
        for (int columns : new int[] {0, 1, 3, 12}) {
            List<byte[]> rows = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                int largest = i % 50 == 0 ? 5000 : 20;
                rows.add(i % 7 == 3 ? Rows.refused(random, largest) : Rows.random(random, columns, largest));
            }
            List<Batch> batches = new ArrayList<>();
            Tally sent = Rows.encode(Rows.columns(columns), batchBytes, rows, batches);
            List<byte[]> received = new ArrayList<>();
            assertThat(Rows.decode(Rows.columns(columns), batches, received)).isEqualTo(sent);
            assertThat(received).containsExactlyElementsOf(rows);
            assertThat(batches).allMatch(batch -> batch.payload().length > 0 && batch.payload().length <= batchBytes);
        }
    }

    @Test
    void rowsThatFitAreNeverCut() {
        Random random = new Random(1);
        List<byte[]> rows = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            rows.add(Rows.random(random, 4, 100));
        }
        List<Batch> batches = new ArrayList<>();
        Rows.encode(Rows.columns(4), 1000, rows, batches);
        assertThat(batches).hasSizeGreaterThan(10).allSatisfy(batch -> {
            BatchDecoder alone = new BatchDecoder(
                    Rows.columns(4),
                    Rows.MAX_ROW,
                    (bytes, offset, length, count) ->
                            assertThat(bytes).as("handed over uncopied").isSameAs(batch.payload()));
            if (batch.sequence() == 0) {
                alone.accept(batch);
                alone.finish();
            }
        });
    }

    @Test
    void digestsForgetTheOrderOfRowsAndNothingElse() {
        Random random = new Random(2);
        List<byte[]> rows = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            rows.add(Rows.random(random, 3, 30));
        }
        Tally before = Rows.encode(Rows.columns(3), 500, rows, new ArrayList<>());
        Collections.shuffle(rows, random);
        assertThat(Rows.encode(Rows.columns(3), 99, rows, new ArrayList<>())).isEqualTo(before);
        rows.set(0, rows.get(1));
        assertThat(Rows.encode(Rows.columns(3), 99, rows, new ArrayList<>()).provesEqual(before))
                .isFalse();
    }

    @Test
    void noRowsMakeNoBatch() {
        List<Batch> batches = new ArrayList<>();
        assertThat(Rows.encode(Rows.columns(3), 500, List.of(), batches)).isEqualTo(Tally.ZERO);
        assertThat(batches).isEmpty();
        assertThat(Rows.decode(Rows.columns(3), List.of(), new ArrayList<>())).isEqualTo(Tally.ZERO);
    }

    @Test
    void rowsWithOtherColumnsAreNotSent() {
        List<byte[]> rows = List.of(TupleBuilder.tuple(List.of(new byte[1], new byte[0])));
        assertThatThrownBy(() -> Rows.encode(Rows.columns(3), 500, rows, new ArrayList<>()))
                .isInstanceOfSatisfying(
                        GodwitException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.DEFECT));
    }

    private static List<Integer> rowsPerBatch(Golden golden) {
        List<Integer> rows = new ArrayList<>();
        for (String count : golden.facts().getProperty("rowsPerBatch").split(",", -1)) {
            rows.add(Integer.valueOf(count));
        }
        return rows;
    }

    private static void assertTally(Golden golden, Tally tally) {
        assertThat(tally.rows()).isEqualTo(golden.fact("rows"));
        assertThat(tally.bytes()).isEqualTo(golden.fact("bytes"));
        assertThat(tally.digest()).hasToString(golden.facts().getProperty("digest"));
    }
}
