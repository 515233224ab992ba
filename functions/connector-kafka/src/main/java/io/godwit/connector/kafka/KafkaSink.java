package io.godwit.connector.kafka;

import io.godwit.connector.RangeFilter;
import io.godwit.connector.RowConsumer;
import io.godwit.connector.Sink;
import io.godwit.connector.json.JsonField;
import io.godwit.connector.kafka.avro.AvroColumn;
import io.godwit.connector.kafka.avro.AvroSchemas;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.ledger.ClosingProtocol;
import io.godwit.core.ledger.RunRow;
import io.godwit.core.plan.Split;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.port.SecretResolver;
import io.godwit.core.question.SinkQuestions.CloseStep;
import io.godwit.core.question.SinkQuestions.Ledger;
import io.godwit.core.question.SinkQuestions.Preparation;
import io.godwit.core.question.SinkQuestions.PrepareStep;
import io.godwit.core.question.SinkQuestions.PublishStep;
import io.godwit.core.question.SinkQuestions.Published;
import io.godwit.core.question.SinkQuestions.QuarantinePage;
import io.godwit.core.question.SinkQuestions.QuarantineQuestion;
import io.godwit.core.question.SinkQuestions.VoidSubtasks;
import io.godwit.core.question.SourceQuestions.ConnectionReport;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.table.Column;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Topics as a sink. How the step stands is what the ledger's topic says; who may still write it is what Kafka's
 * coordinator of transactions says.
 */
final class KafkaSink implements Sink {
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final SinkClients sink;
    private final StepTransactions transactions;

    KafkaSink(Connection connection, KafkaOptions options, SecretResolver secrets) {
        this.sink = new SinkClients(connection, options, secrets);
        this.transactions = new StepTransactions(sink);
    }

    @Override
    public ConnectionReport test() {
        return sink.clients.report();
    }

    /** Those that Godwit wrote: of others it is not known which columns they have, and any may be written. */
    @Override
    public List<TableDescription> describe(List<TableName> tables) {
        Map<String, Topics.Topic> there =
                sink.topics.find(tables.stream().map(Topics::name).distinct().toList());
        Map<String, List<JsonField>> known = sink.known.of(there);
        return tables.stream()
                .filter(table -> known.containsKey(Topics.name(table)))
                .map(table -> describe(table, known.getOrDefault(Topics.name(table), List.of())))
                .toList();
    }

    private static TableDescription describe(TableName table, List<JsonField> columns) {
        return new TableDescription(
                table,
                "topic",
                columns.stream()
                        .map(column -> TopicTables.column(column.name(), column.type(), true))
                        .toList(),
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                -1,
                -1);
    }

    @Override
    public Preparation previewPreparation(PrepareStep question) {
        return new KafkaPreparation(sink).preview(question);
    }

    @Override
    public Preparation prepare(PrepareStep question) {
        StepId step = question.step();
        KafkaPreparation preparation = new KafkaPreparation(sink);
        String hash = KafkaPreparation.hash(question);
        // Topics that a step creates are there before its record is, and their creation is told all the same.
        Preparation answer = sink.ledger.read(step, ledger -> {
            ClosingProtocol.prepares(step, ledger.run(), ledger.writtenSet().subtasks());
            return ledger.prepared()
                    .filter(prepared ->
                            ledger.run() == RunRow.OPEN && prepared.question().equals(hash))
                    .map(prepared -> new Preparation(prepared.statements(), prepared.notes()))
                    .orElseGet(() -> preparation.preview(question));
        });
        Map<String, Topics.Topic> topics = preparation.create(question);
        Map<String, TopicSchema> schemas = preparation.schemas(question);
        transactions.add("preparing step " + step, step, ledger -> {
            boolean asked = ledger.prepared()
                    .filter(prepared -> prepared.question().equals(hash))
                    .isPresent();
            if (!ClosingProtocol.prepares(
                            step, ledger.run(), ledger.writtenSet().subtasks())
                    || asked) {
                return List.of();
            }
            List<ProducerRecord<byte[], byte[]>> records = preparation.columns(question, topics);
            records.add(LedgerTopic.record(
                    step,
                    new LedgerRecord.Prepared(
                            ledger.prepared().map(LedgerRecord.Prepared::first).orElseGet(() -> sink.ledger.end(step)),
                            hash,
                            answer.statements(),
                            answer.notes(),
                            KafkaPreparation.ids(topics),
                            schemas)));
            return records;
        });
        return sink.ledger.read(
                step,
                ledger -> ledger.prepared()
                        .map(prepared -> new Preparation(prepared.statements(), prepared.notes()))
                        .orElse(answer));
    }

    @Override
    public Published publish(PublishStep question) {
        StepId step = question.step();
        if (!question.after().isEmpty()) {
            throw sink.errors.error(ErrorCode.NOT_SUPPORTED, "after: runs SQL, which topics have not", "Take it out.");
        }
        transactions.add("publishing step " + step, step, ledger -> {
            if (!ClosingProtocol.publishes(step, ledger.run(), ledger.writtenSet(), question.subtasks())) {
                return List.of();
            }
            requireSame(ledger);
            return List.of(LedgerTopic.record(step, new LedgerRecord.Published(List.of(), List.of())));
        });
        return sink.ledger.read(
                step,
                ledger -> ledger.published()
                        .map(published -> new Published(published.statements(), published.notes()))
                        .orElseThrow());
    }

    private void requireSame(StepLedger ledger) {
        ledger.prepared()
                .flatMap(prepared -> KafkaPreparation.changed(
                        prepared.topics(), sink.topics.find(prepared.topics().keySet())))
                .ifPresent(topic -> {
                    throw madeAnew(topic);
                });
    }

    private GodwitException madeAnew(String topic) {
        return sink.errors.error(
                ErrorCode.SINK_REFUSED,
                "topic " + topic + " was deleted, or deleted and made anew, since the step was prepared",
                "What was written before is gone with it. Start a new run for another plan time.");
    }

    @Override
    public Ledger close(CloseStep question) {
        StepId step = question.step();
        String doing = "closing step " + step;
        // First whoever was killed as it committed: the ledger cannot be read past its record.
        transactions.settle(doing, question.unwritten(), PATIENCE);
        boolean closes = sink.ledger.read(step, ledger -> ClosingProtocol.closes(ledger.run()));
        if (!closes) {
            return ledger(step);
        }
        transactions.add(doing, step, ledger -> {
            if (!ClosingProtocol.closes(ledger.run())) {
                return List.of();
            }
            List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(
                    StepTransactions.naming(step, ledger.unwritten(question.unwritten()), LedgerRecord.Voided::new));
            records.add(LedgerTopic.record(step, new LedgerRecord.Closed(question.cancelled())));
            return records;
        });
        return settled(doing, step, question.unwritten());
    }

    /** From now on nobody claims them; and whoever has claimed one before is ended, or has written it. */
    private Ledger settled(String doing, StepId step, List<SubtaskId> subtasks) {
        List<SubtaskId> unsettled = sink.ledger.read(step, ledger -> ledger.unwritten(subtasks));
        transactions.settle(doing, unsettled, PATIENCE);
        return ledger(step);
    }

    @Override
    public Ledger reopen(CloseStep question) {
        StepId step = question.step();
        boolean closed = sink.ledger.read(step, ledger -> ClosingProtocol.reopens(ledger.run()));
        if (closed) {
            transactions.add("opening step " + step + " again", step, ledger -> {
                if (!ClosingProtocol.reopens(ledger.run())) {
                    return List.of();
                }
                if (ledger.isCancelled()) {
                    throw new GodwitException(
                            ErrorCode.RUN_CLOSED,
                            "step " + step + " was cancelled",
                            "Start a new run for another plan time.");
                }
                requireSame(ledger);
                List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(
                        StepTransactions.naming(step, question.unwritten(), LedgerRecord.Unvoided::new));
                records.add(LedgerTopic.record(step, new LedgerRecord.Reopened()));
                return records;
            });
        }
        return ledger(step);
    }

    @Override
    public Ledger voidUnwritten(VoidSubtasks question) {
        StepId step = question.step();
        String doing = "voiding subtasks of step " + step;
        transactions.settle(doing, question.subtasks(), PATIENCE);
        transactions.add(
                doing,
                step,
                ledger ->
                        StepTransactions.naming(step, ledger.unwritten(question.subtasks()), LedgerRecord.Voided::new));
        return settled(doing, step, question.subtasks());
    }

    @Override
    public Ledger ledger(StepId step) {
        return sink.ledger.read(step, StepLedger::answer);
    }

    @Override
    public QuarantinePage quarantine(QuarantineQuestion question) {
        return sink.quarantine.page(question);
    }

    @Override
    public Transaction begin(TablePlan table, Duration most) {
        return new KafkaSinkTransaction(sink, table, most);
    }

    @Override
    public void scan(TablePlan table, @Nullable Split split, RowConsumer rows) {
        String name = Topics.name(table.target());
        RangeFilter filter = RangeFilter.of(table, split);
        List<Column> columns = KafkaPreparation.fields(table).stream()
                .map(column -> TopicTables.column(column.name(), column.type(), true))
                .toList();
        Topics.Topic topic = sink.topics
                .find(name)
                .orElseThrow(() -> sink.errors.error(ErrorCode.SINK_REFUSED, "no topic " + name, "Start a new run."));
        List<JsonField> known = sink.known.of(Map.of(name, topic)).getOrDefault(name, List.of());
        List<Column> all = known.stream()
                .map(column -> TopicTables.column(column.name(), column.type(), true))
                .toList();
        ValueReader.Form form = sink.options.isAvro()
                ? AvroValues.of(sink.registry, sink.errors, name, scanned(name, table))
                : ValueReader.json(true);
        Messages messages = new Messages(false, false, all.isEmpty() ? columns : all, columns, form);
        Map<TopicPartition, Long> begins = sink.topics.begins(topic.all());
        Map<TopicPartition, Long> ends = sink.topics.ends(topic.all());
        for (TopicPartition partition : topic.all()) {
            long first = begins.getOrDefault(partition, 0L);
            long end = ends.getOrDefault(partition, 0L);
            sink.records.read(partition, first, end, PATIENCE, record -> {
                try {
                    var tuple = messages.tuple(record);
                    if (filter.takes(tuple.bytes(), tuple.length())) {
                        rows.row(tuple.bytes(), 0, tuple.length());
                    }
                } catch (Messages.UnreadableException e) {
                    throw sink.errors.error(
                            ErrorCode.ROW_NOT_CONVERTIBLE,
                            TopicTables.place(partition, record.offset()) + ": " + e.getMessage(),
                            "The topic has messages of others: they are no rows of the step's.");
                }
            });
        }
    }

    /** Other tables' rows lie in the topic, too, and may have NULL where this one never does. */
    private static Schema scanned(String topic, TablePlan table) {
        return AvroSchemas.of(
                topic,
                KafkaPreparation.fields(table).stream()
                        .map(field -> new AvroColumn(field.name(), field.type(), true))
                        .toList());
    }

    @Override
    public boolean seeksRanges() {
        return false;
    }

    @Override
    public void close() {
        sink.close();
    }
}
