package io.godwit.connector.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.question.SinkQuestions.QuarantinePage;
import io.godwit.core.question.SinkQuestions.QuarantinePlace;
import io.godwit.core.question.SinkQuestions.RefusedRow;
import io.godwit.core.run.SubtaskId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Makes rows of the quarantine's records, as many as a page takes. */
final class KeptRowsPage {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int limit;
    private final List<RefusedRow> rows = new ArrayList<>();
    private final ByteArrayOutputStream row = new ByteArrayOutputStream();
    private long bytes;
    private boolean full;
    private @Nullable SubtaskId subtask;
    private Set<Long> replayed = Set.of();
    private @Nullable Begun begun;

    /** A row of which records are missing still. */
    private record Begun(QuarantinePlace place, String key, String code, String reason, int bytes, Instant at) {}

    KeptRowsPage(int limit) {
        this.limit = limit;
    }

    /** The records that follow are a subtask's. */
    void begin(SubtaskId next, Set<Long> gone) {
        subtask = next;
        replayed = gone;
        begun = null;
    }

    /** Takes the next record; false: it takes no more. */
    boolean take(ConsumerRecord<byte[], byte[]> record) {
        Header said = record.headers().lastHeader(QuarantineTopic.ROW_HEADER);
        if (said != null) {
            long id = KeptRange.id(record.offset());
            begun = replayed.contains(id) ? null : begun(id, parse(said.value()), record.timestamp());
            row.reset();
            full = begun != null && !rows.isEmpty() && bytes + begun.bytes() > QuarantinePage.MOST_BYTES;
        }
        if (begun != null && !full) {
            row.writeBytes(record.value());
            if (row.size() >= begun.bytes()) {
                end(begun);
            }
        }
        return !full;
    }

    private Begun begun(long id, JsonNode said, long at) {
        return new Begun(
                new QuarantinePlace(java.util.Objects.requireNonNull(subtask), id),
                said.path("key").asText(),
                said.path("code").asText(),
                said.path("reason").asText(),
                said.path("bytes").asInt(),
                Instant.ofEpochMilli(at));
    }

    private void end(Begun whole) {
        rows.add(new RefusedRow(
                whole.place(), whole.key(), whole.code(), whole.reason(), whole.at(), row.toByteArray()));
        bytes += whole.bytes();
        begun = null;
        full = rows.size() >= limit;
    }

    boolean isFull() {
        return full;
    }

    QuarantinePage answer() {
        return new QuarantinePage(rows);
    }

    private static JsonNode parse(byte[] said) {
        try {
            return JSON.readTree(said);
        } catch (IOException e) {
            throw new GodwitException(
                    ErrorCode.DEFECT, "topic " + QuarantineTopic.NAME + " has a record that is none of ours", "", e);
        }
    }
}
