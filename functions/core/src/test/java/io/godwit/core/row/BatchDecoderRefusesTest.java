package io.godwit.core.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.exchange.Batch;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.Tally;
import io.godwit.core.type.LogicalType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever arrives instead of the rows that were sent, the decoder says so. */
class BatchDecoderRefusesTest {
    private static final List<WireColumn> COLUMNS = Rows.columns(3);

    private final List<byte[]> rows = new ArrayList<>();
    private final List<Batch> batches = new ArrayList<>();
    private Tally sent = Tally.ZERO;

    @BeforeEach
    void encode() {
        Random random = new Random(3);
        for (int i = 0; i < 40; i++) {
            rows.add(Rows.random(random, 3, i % 10 == 5 ? 400 : 30));
        }
        sent = Rows.encode(COLUMNS, 256, rows, batches);
    }

    @Test
    void aMissingBatch() {
        for (int i = 0; i < batches.size() - 1; i++) {
            List<Batch> rest = new ArrayList<>(batches);
            rest.remove(i);
            refused(rest);
        }
    }

    @Test
    void aRepeatedBatch() {
        for (int i = 0; i < batches.size(); i++) {
            List<Batch> more = new ArrayList<>(batches);
            more.add(i, batches.get(i));
            refused(more);
        }
    }

    @Test
    void anEndWithinARow() {
        int ends = 0;
        for (int i = 1; i < batches.size(); i++) {
            if (batches.get(i).rows() == 0) {
                refused(batches.subList(0, i + 1));
                ends++;
            }
        }
        assertThat(ends).isPositive();
    }

    @Test
    void aBatchOfAnotherAttempt() {
        Batch last = batches.remove(batches.size() - 1);
        batches.add(new Batch(last.subtask(), new AttemptId("0b"), last.sequence(), last.rows(), last.payload()));
        refused(batches);
    }

    @Test
    void otherColumns() {
        List<WireColumn> renamed = new ArrayList<>(COLUMNS);
        renamed.set(2, new WireColumn("C2", LogicalType.Scalar.BYTEA));
        List<WireColumn> retyped = new ArrayList<>(COLUMNS);
        retyped.set(2, new WireColumn("c2", LogicalType.Scalar.TEXT));
        for (List<WireColumn> others : List.of(renamed, retyped, Rows.columns(2), Rows.columns(4))) {
            assertLost(() -> Rows.decode(others, batches, new ArrayList<>()));
        }
    }

    @Test
    void aWrongNumberOfRows() {
        Batch one = batches.get(2);
        for (int count : new int[] {-1, one.rows() - 1, one.rows() + 1, Integer.MAX_VALUE}) {
            batches.set(2, new Batch(one.subtask(), one.attempt(), 2, count, one.payload()));
            refused(batches);
        }
    }

    @Test
    void everyCut() {
        for (int i = 0; i < batches.size(); i++) {
            Batch whole = batches.get(i);
            for (int length = 0; length < whole.payload().length; length++) {
                batches.set(i, withPayload(whole, Arrays.copyOf(whole.payload(), length)));
                refused(batches);
            }
            batches.set(i, whole);
        }
    }

    @Test
    void everyFlippedByteIsRefusedOrChangesTheDigest() {
        Random random = new Random(4);
        for (int i = 0; i < batches.size(); i++) {
            Batch whole = batches.get(i);
            for (int at = 0; at < whole.payload().length; at++) {
                byte[] bytes = whole.payload().clone();
                bytes[at] ^= (byte) (1 + random.nextInt(255));
                batches.set(i, withPayload(whole, bytes));
                assertThat(provedEqual(batches)).isFalse();
            }
            batches.set(i, whole);
        }
    }

    @Test
    void randomBytes() {
        Random random = new Random(5);
        byte[] columnList = ColumnList.encode(COLUMNS);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = Arrays.copyOf(columnList, columnList.length + 2 + random.nextInt(100));
            for (int at = columnList.length; at < bytes.length; at++) {
                bytes[at] = (byte) (random.nextInt(3) == 0 ? random.nextInt(256) : random.nextInt(5) / 4 * 3);
            }
            bytes[columnList.length + 1] = 3;
            assertThat(provedEqual(List.of(new Batch(Rows.SUBTASK, Rows.ATTEMPT, 0, 40, bytes))))
                    .isFalse();
        }
    }

    @Test
    void aLengthThatNobodyHasMemoryFor() {
        byte[] columnList = ColumnList.encode(COLUMNS);
        byte[] bytes = Arrays.copyOf(columnList, columnList.length + 6);
        ByteBuffer.wrap(bytes).putShort(columnList.length, (short) 3).putInt(columnList.length + 2, Integer.MAX_VALUE);
        assertLost(() ->
                Rows.decode(COLUMNS, List.of(new Batch(Rows.SUBTASK, Rows.ATTEMPT, 0, 0, bytes)), new ArrayList<>()));
    }

    private boolean provedEqual(List<Batch> changed) {
        try {
            return Rows.decode(COLUMNS, changed, new ArrayList<>()).provesEqual(sent);
        } catch (GodwitException refused) {
            assertThat(refused.code()).isEqualTo(ErrorCode.EXCHANGE_RECORDS_LOST);
            return false;
        }
    }

    private void refused(List<Batch> changed) {
        assertLost(() -> Rows.decode(COLUMNS, changed, new ArrayList<>()));
    }

    private static void assertLost(org.assertj.core.api.ThrowableAssert.ThrowingCallable decoding) {
        assertThatThrownBy(decoding)
                .isInstanceOfSatisfying(
                        GodwitException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.EXCHANGE_RECORDS_LOST));
    }

    private static Batch withPayload(Batch batch, byte[] payload) {
        return new Batch(batch.subtask(), batch.attempt(), batch.sequence(), batch.rows(), payload);
    }
}
