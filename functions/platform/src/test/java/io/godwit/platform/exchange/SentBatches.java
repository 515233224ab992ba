package io.godwit.platform.exchange;

import io.godwit.core.exchange.Batch;
import io.godwit.core.exchange.BatchRange;
import io.godwit.core.exchange.Lane;
import io.godwit.core.port.BatchPublisher;
import io.godwit.core.port.BatchReader;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.SubtaskId;
import io.godwit.platform.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Batches of random bytes, one attempt's, and how to tell whether they came back. */
record SentBatches(AttemptId attempt, List<Batch> batches) {
    static final SubtaskId SUBTASK = Samples.full(SubtaskId.class);

    static SentBatches of(int count, int bytes) {
        AttemptId attempt = AttemptId.fresh();
        Random random = new Random(count * 31L + bytes);
        List<Batch> batches = new ArrayList<>();
        for (int sequence = 0; sequence < count; sequence++) {
            byte[] payload = new byte[bytes];
            random.nextBytes(payload);
            batches.add(new Batch(SUBTASK, attempt, sequence, sequence % 5, payload));
        }
        return new SentBatches(attempt, List.copyOf(batches));
    }

    BatchRange into(Lane lane, BatchPublisher publisher) {
        try (BatchPublisher.Stream stream = publisher.open(lane)) {
            batches.forEach(stream::send);
            return stream.complete();
        }
    }

    /** What a reader hands over, arrays being compared by what they hold. */
    static List<List<Object>> read(BatchReader reader, BatchRange range, AttemptId attempt) {
        List<List<Object>> read = new ArrayList<>();
        reader.read(range, attempt, batch -> read.add(facts(batch)));
        return read;
    }

    List<List<Object>> facts() {
        return batches.stream().map(SentBatches::facts).toList();
    }

    private static List<Object> facts(Batch batch) {
        return List.of(
                batch.subtask(),
                batch.attempt(),
                batch.sequence(),
                batch.rows(),
                java.nio.ByteBuffer.wrap(batch.payload().clone()));
    }
}
