package io.godwit.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.godwit.connector.Sink;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.ledger.LedgerRow;
import io.godwit.core.ledger.RunRow;
import io.godwit.core.plan.KeptRows;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.row.ReaderRefusal;
import io.godwit.core.row.TupleFields;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * The writing of one subtask: a Kafka transaction of its rows and, last, its ledger record.
 *
 * <pre>
 * claim:   initTransactions   every other transaction of this subtask has ended, and none can be committed any more
 *          read the ledger    so what it says of the subtask stays so, unless we change it
 *          beginTransaction
 * write:   rows               those that the topic, or the reader, refused go into the quarantine
 * commit:  ledger record      its offset is where the ledger ends for us
 *          read the ledger    from the claim up to that offset: nothing of this subtask may have come
 *          commitTransaction
 * </pre>
 *
 * A replay's subtask says to the ledger of the first run, too, which of its rows are replayed.
 */
final class KafkaSinkTransaction implements Sink.Transaction {
    /** Of what a transaction may take, for its end. */
    private static final Duration SPARE = Duration.ofSeconds(30);

    /** What brokers allow unless they are told otherwise. */
    private static final Duration LONGEST = Duration.ofMinutes(15);

    /** How long a writer of this process may stand still before another one takes its subtask over. */
    static final Duration STILL = Duration.ofSeconds(10);

    private final SinkClients sink;
    private final TablePlan plan;
    private final Duration most;
    private long deadline;
    private final TupleFields fields;
    private final String topic;
    private final MessageKey key;
    private final LedgerAdditions additions;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private @Nullable LedgerRow claimed;
    private @Nullable Producer<byte[], byte[]> producer;
    private Turns.@Nullable Turn turn;
    private LedgerRecord.@Nullable Prepared prepared;
    private @Nullable MessageLimits limits;
    private @Nullable MessageWriter messages;
    private @Nullable SubtaskQuarantine quarantine;
    private List<Header> headers = List.of();
    private long seen;
    private boolean ended;

    KafkaSinkTransaction(SinkClients sink, TablePlan plan, Duration most) {
        this.sink = sink;
        this.plan = plan;
        this.most = most.plus(SPARE).compareTo(LONGEST) < 0 ? most : LONGEST.minus(SPARE);
        this.fields = new TupleFields(plan.columns().size());
        this.topic = Topics.name(plan.target());
        this.key = new MessageKey(plan, sink.options.key());
        this.additions = new LedgerAdditions(sink);
    }

    /**
     * Open, if it was a moment ago: the claim looks once more, when nothing of this subtask can be in the way. A writer
     * that was killed as it committed is not waited for here, but ended there.
     */
    @Override
    public RunRow lockRun() {
        RunRow run = sink.ledger.glance(plan.step(), StepLedger::run);
        return run == RunRow.OPEN ? run : sink.ledger.read(plan.step(), StepLedger::run);
    }

    @Override
    public Optional<LedgerRow> find(SubtaskId subtask) {
        return sink.ledger.read(subtask.step(), ledger -> ledger.find(subtask));
    }

    @Override
    public Optional<LedgerRow> claim(LedgerRow row) {
        String id = StepTransactions.idOf(row.subtask());
        if (Turns.isTaken(id)) {
            // An event that comes again must not wait where there is nothing left to do.
            Optional<LedgerRow> there = sink.ledger.glance(row.subtask().step(), ledger -> ledger.find(row.subtask()));
            if (there.filter(found -> found.attempt() != null).isPresent()) {
                return there;
            }
        }
        turn = Turns.take(id, STILL, most.dividedBy(2));
        calls(true);
        try {
            return claimInTurn(row, id);
        } finally {
            calls(false);
        }
    }

    private Optional<LedgerRow> claimInTurn(LedgerRow row, String id) {
        Map<String, String> settings = sink.topics.settings(topic);
        MessageLimits ofTopic = new MessageLimits(topic, settings, sink.options.compression());
        limits = ofTopic;
        Producer<byte[], byte[]> opened = sink.clients.producer(id, most.plus(SPARE), ofTopic.most());
        producer = opened;
        sink.errors.during(doing(), () -> {
            opened.initTransactions();
            return true;
        });
        Optional<LedgerRow> held = sink.ledger.read(row.subtask().step(), ledger -> {
            Optional<LedgerRow> there = ledger.find(row.subtask());
            if (there.isEmpty()) {
                requireOpen(ledger, row.subtask());
                prepared = ledger.prepared().orElse(null);
                seen = ledger.next();
            }
            return there;
        });
        if (held.isPresent()) {
            return held;
        }
        requireTopics(row.subtask(), settings);
        sink.errors.during(doing(), () -> {
            opened.beginTransaction();
            return true;
        });
        headers = List.of(new RecordHeader(
                MessageWriter.SUBTASK_HEADER, row.subtask().value().getBytes(UTF_8)));
        claimed = row;
        deadline = System.nanoTime() + most.toNanos();
        return Optional.empty();
    }

    /** It was open when it was looked at first; whoever closed it since has not ended us, for we had not begun. */
    private void requireOpen(StepLedger ledger, SubtaskId subtask) {
        if (ledger.run() != RunRow.OPEN) {
            throw sink.errors.error(
                    ErrorCode.RUN_CLOSED,
                    "subtask " + subtask + ": its step has ended in the sink",
                    "Nothing to do: the event came after the run's end.");
        }
    }

    /** That the topics are those that the step was prepared for. */
    private void requireTopics(SubtaskId subtask, Map<String, String> settings) {
        Map<String, String> ids = prepared == null ? Map.of() : prepared.topics();
        List<String> written = plan.quarantine() == null ? List.of(topic) : List.of(topic, QuarantineTopic.NAME);
        Map<String, Topics.Topic> now = sink.topics.find(written);
        for (String name : written) {
            String id = Optional.ofNullable(now.get(name)).map(Topics.Topic::id).orElse("");
            if (!id.equals(ids.get(name))) {
                throw sink.errors.error(
                        ErrorCode.SINK_REFUSED,
                        "topic " + name + " was deleted, or deleted and made anew, since the step was prepared",
                        "What was written before is gone with it. Start a new run for another plan time.");
            }
        }
        if (settings.isEmpty()) {
            throw sink.errors.error(
                    ErrorCode.SINK_INTERRUPTED,
                    "a broker does not know topic " + topic + " yet, and so not what it takes",
                    "It is tried again by itself.");
        }
        messages = new MessageWriter(key, values());
        if (plan.quarantine() != null) {
            quarantine = new SubtaskQuarantine(
                    plan, subtask, ids.getOrDefault(QuarantineTopic.NAME, ""), record -> send(open(), record));
        }
    }

    private ValueWriter values() {
        if (!sink.options.isAvro()) {
            return MessageWriter.json(plan);
        }
        TopicSchema schema = Optional.ofNullable(prepared)
                .map(step -> step.schemas().get(topic))
                .orElseThrow(() -> sink.errors.error(
                        ErrorCode.NOT_SUPPORTED,
                        "topic " + topic
                                + ": the step was prepared for another format than avro, or by an older Godwit",
                        "Start a new run for another plan time."));
        return MessageWriter.avro(schema, plan);
    }

    @Override
    public void write(byte[] tuples, int offset, int length, int rows) {
        if (System.nanoTime() - deadline > 0) {
            throw new GodwitException(
                    ErrorCode.SUBTASK_TOO_LARGE, doing() + " took longer than " + most, "It is split again.");
        }
        Producer<byte[], byte[]> open = open();
        during(() -> {
            int at = offset;
            for (int i = 0; i < rows; i++) {
                int begin = at;
                at = fields.of(tuples, at, offset + length);
                write(open, tuples, begin, at);
            }
            return true;
        });
    }

    /** What befell a message says more than what a producer says of its transaction after that. */
    private void during(KafkaErrors.Work<Boolean> work) {
        calls(true);
        try {
            sink.errors.during(doing(), work);
        } catch (GodwitException e) {
            throwFailure();
            throw e;
        } finally {
            calls(false);
        }
        throwFailure();
    }

    private void calls(boolean now) {
        if (turn != null) {
            turn.progress(now);
        }
    }

    /** Writes the row that the fields are of, or refuses it. */
    private void write(Producer<byte[], byte[]> open, byte[] tuples, int begin, int end) {
        try {
            MessageWriter writer = Objects.requireNonNull(messages);
            ProducerRecord<byte[], byte[]> record =
                    new ProducerRecord<>(topic, null, null, writer.key(fields), writer.value(fields), headers);
            Objects.requireNonNull(limits).require(record, key.hasNull(fields));
            Future<RecordMetadata> unused = send(open, record);
            if (quarantine != null) {
                quarantine.passed();
            }
        } catch (RefusedRowException e) {
            if (quarantine == null) {
                throw new GodwitException(
                        ErrorCode.ROW_REFUSED,
                        doing() + ": the row with " + key.text(fields) + " was refused: " + e.reason(),
                        e.remedy(),
                        e);
            }
            quarantine.keep(key.text(fields), e, Arrays.copyOfRange(tuples, begin, end));
        }
    }

    private Future<RecordMetadata> send(Producer<byte[], byte[]> open, ProducerRecord<byte[], byte[]> record) {
        return open.send(record, (stored, refused) -> {
            if (refused != null) {
                failure.compareAndSet(null, refused);
            }
        });
    }

    @Override
    public void refused(ReaderRefusal row) {
        if (quarantine == null) {
            throw new GodwitException(ErrorCode.DEFECT, "a reader refused a row of a plan without a quarantine", "");
        }
        SubtaskQuarantine kept = quarantine;
        during(() -> {
            kept.keep(row);
            return true;
        });
    }

    @Override
    public void replayed(KeptRows rows) {
        LedgerRow row = Objects.requireNonNull(claimed);
        StepId step = rows.of().step();
        long read = sink.ledger.read(step, ledger -> {
            long open = ledger.open(rows);
            if (open != rows.rows().size()) {
                throw rows.taken(open);
            }
            return ledger.next();
        });
        additions.add(step, new LedgerRecord.Replayed(row.subtask(), rows), read, record -> record.takes(rows));
    }

    @Override
    public Tally finish() {
        Producer<byte[], byte[]> open = open();
        LedgerRow row = Objects.requireNonNull(claimed);
        during(() -> {
            open.flush();
            return true;
        });
        Tally quarantined = quarantine == null ? Tally.ZERO : quarantine.finish();
        claimed = new LedgerRow(row.subtask(), row.attempt(), row.written().minus(quarantined), quarantined);
        return quarantined;
    }

    @Override
    public void commit() {
        Producer<byte[], byte[]> open = open();
        LedgerRow row = Objects.requireNonNull(claimed);
        try {
            during(() -> {
                KeptRange kept = quarantine == null ? null : quarantine.range();
                additions.add(
                        row.subtask().step(),
                        new LedgerRecord.Written(row, kept),
                        seen,
                        record -> record.forbids(row.subtask()));
                additions.send(open, most, doing());
                return true;
            });
            // Whether a commit that failed took place is not known; who claims the subtask next will see.
            ended = true;
            calls(true);
            sink.errors.during(doing(), () -> {
                open.commitTransaction();
                return true;
            });
        } finally {
            if (ended) {
                endTurn();
            }
        }
    }

    private void endTurn() {
        if (turn != null) {
            turn.close();
        }
    }

    private Producer<byte[], byte[]> open() {
        Producer<byte[], byte[]> open = producer;
        if (open == null || claimed == null) {
            throw new GodwitException(ErrorCode.DEFECT, "rows were to be written before their subtask was claimed", "");
        }
        return open;
    }

    private void throwFailure() {
        Exception refused = failure.get();
        if (refused != null) {
            throw sink.errors.of(refused, doing());
        }
    }

    private String doing() {
        return "writing " + plan.target().display();
    }

    @Override
    public void close() {
        Producer<byte[], byte[]> open = producer;
        producer = null;
        try {
            if (open != null) {
                abort(open);
                open.close(Duration.ZERO);
            }
        } finally {
            endTurn();
        }
    }

    /** A transaction that cannot be given up is ended by whoever claims the subtask next, or by its timeout. */
    private void abort(Producer<byte[], byte[]> open) {
        if (claimed == null || ended) {
            return;
        }
        ended = true;
        try {
            open.abortTransaction();
        } catch (KafkaException | IllegalStateException e) {
            // Of somebody else by now, or out of reach.
        }
    }
}
