package io.godwit.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.question.QuarantinePages;
import io.godwit.core.question.SinkQuestions.QuarantinePage;
import io.godwit.core.question.SinkQuestions.QuarantineQuestion;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The quarantine: a topic that keeps its records for ever. Refused rows are sent in the transaction of their subtask,
 * whose ledger record says where they lie; those of which it does not speak are nobody's.
 *
 * <p>A row is a record, with its subtask for a key, and what is said of it in a header; a long one goes on in records
 * without that header, so that whatever a sink refused for its size fits here.
 */
final class QuarantineTopic {
    static final String NAME = "godwit-quarantine";

    /** What is said of the row that begins in a record, as JSON. */
    static final String ROW_HEADER = "godwit-row";

    /** Of a row's bytes, in one record: what every cluster takes. */
    private static final int PART_BYTES = 256 << 10;

    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KafkaErrors errors;
    private final Topics topics;
    private final CommittedRecords records;
    private final LedgerTopic ledger;

    QuarantineTopic(KafkaErrors errors, Topics topics, CommittedRecords records, LedgerTopic ledger) {
        this.errors = errors;
        this.topics = topics;
        this.records = records;
        this.ledger = ledger;
    }

    /** The records of one refused row, in their order. */
    static List<ProducerRecord<byte[], byte[]>> records(
            SubtaskId subtask, String key, String code, String reason, byte[] row) {
        int partition = LastingTopic.partition(NAME, subtask.step()).partition();
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        int from = 0;
        do {
            int to = Math.min(row.length, from + PART_BYTES);
            records.add(new ProducerRecord<>(
                    NAME, partition, subtask.value().getBytes(UTF_8), Arrays.copyOfRange(row, from, to)));
            from = to;
        } while (from < row.length);
        String said = JSON.createObjectNode()
                .put("version", 1)
                .put("key", key)
                .put("code", code)
                .put("reason", reason)
                .put("bytes", row.length)
                .toString();
        records.get(0).headers().add(ROW_HEADER, said.getBytes(UTF_8));
        return records;
    }

    /** What the ledger says of one subtask. */
    private record Kept(SubtaskId subtask, KeptRange range, Set<Long> replayed) {}

    QuarantinePage page(QuarantineQuestion question) {
        StepId step = question.step();
        String from = QuarantinePages.subtask(question);
        List<Kept> kept = ledger.read(
                step,
                read -> read.kept(from).entrySet().stream()
                        .map(part -> new Kept(part.getKey(), part.getValue(), read.replayed(part.getKey())))
                        .toList());
        KeptRowsPage page = new KeptRowsPage(QuarantinePages.limit(question));
        for (Kept one : kept) {
            if (!page.isFull()) {
                boolean after = one.subtask().value().equals(from);
                read(one, after ? QuarantinePages.id(question) : 0, page);
            }
        }
        return page.answer();
    }

    private void read(Kept kept, long after, KeptRowsPage page) {
        TopicPartition partition = LastingTopic.partition(NAME, kept.subtask().step());
        KeptRange range = kept.range();
        requireThere(kept, partition);
        byte[] key = kept.subtask().value().getBytes(UTF_8);
        page.begin(kept.subtask(), kept.replayed());
        records.readWhile(
                partition,
                Math.max(range.first(), after),
                range.end(),
                PATIENCE,
                record -> !Arrays.equals(key, record.key()) || page.take(record));
    }

    private void requireThere(Kept kept, TopicPartition partition) {
        KeptRange range = kept.range();
        boolean same = topics.find(NAME).map(Topics.Topic::id).equals(java.util.Optional.of(range.topic()));
        if (!same
                || topics.begins(List.of(partition)).getOrDefault(partition, 0L) > range.first()
                || topics.ends(List.of(partition)).getOrDefault(partition, 0L) < range.end()) {
            throw gone(kept);
        }
    }

    private GodwitException gone(Kept kept) {
        return errors.error(
                ErrorCode.SINK_REFUSED,
                "refused rows of subtask " + kept.subtask() + " are gone from topic " + NAME,
                "They are lost; what was written is not. Give nobody else the right to delete records of it.");
    }
}
