package io.godwit.connector.kafka;

import io.godwit.connector.MalformedRow;
import io.godwit.connector.RowConsumer;
import io.godwit.connector.Source;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.plan.PlannedSplit;
import io.godwit.core.plan.Split;
import io.godwit.core.port.SecretResolver;
import io.godwit.core.question.SourceQuestions.ConnectionReport;
import io.godwit.core.question.SourceQuestions.HighWaterQuestion;
import io.godwit.core.question.SourceQuestions.Preview;
import io.godwit.core.question.SourceQuestions.SourceSplits;
import io.godwit.core.question.SourceQuestions.SplitAgain;
import io.godwit.core.question.SourceQuestions.SplitSource;
import io.godwit.core.row.TupleFields;
import io.godwit.core.table.Column;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Topics as a source. */
final class KafkaSource implements Source {
    private static final int MOST_PREVIEWED = 1000;

    /** Longer than a broker needs to come back. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final Connection connection;
    private final KafkaOptions options;
    private final KafkaErrors errors;
    private final KafkaClients clients;
    private final Topics topics;
    private final CommittedRecords records;
    private final TopicTables tables;
    private final OffsetSplits splits;

    KafkaSource(Connection connection, KafkaOptions options, SecretResolver secrets) {
        this.connection = connection;
        this.options = options;
        this.errors = new KafkaErrors(true, connection);
        this.clients = new KafkaClients(connection, options, secrets, errors);
        this.topics = new Topics(clients, errors);
        this.records = new CommittedRecords(clients, errors);
        this.tables =
                new TopicTables(connection, options, errors, topics, records, new Registry(options, secrets, errors));
        this.splits = new OffsetSplits(topics, errors);
    }

    @Override
    public ConnectionReport test() {
        return clients.report();
    }

    @Override
    public List<String> databases() {
        return List.of(connection.database());
    }

    @Override
    public List<TableName> tables() {
        return topics.names().stream().map(tables::name).toList();
    }

    @Override
    public List<TableDescription> describe(List<TableName> wanted) {
        return tables.describe(wanted);
    }

    @Override
    public SourceSplits split(SplitSource question) {
        Topics.Topic topic = tables.topic(question.table().name());
        List<PlannedSplit> parts = splits.of(
                topic,
                question.where(),
                question.splitBytes(),
                tables.latestSchema(topic).orElse(null));
        String compacted = topics.isCompacted(topic.name())
                ? "; compacted: a message that a later one replaces may go before it is read"
                : "";
        return new SourceSplits(
                parts, parts.size() + " ranges of the offsets of " + topic.partitions() + " partitions" + compacted);
    }

    @Override
    public SourceSplits splitAgain(SplitAgain question) {
        if (question.split().split() instanceof Split.OffsetRange range) {
            return new SourceSplits(OffsetSplits.halves(question.split(), range), "halves of a range of offsets");
        }
        throw notOurs(question.split().split());
    }

    @Override
    public @Nullable String highWater(HighWaterQuestion question) {
        if (!question.column().equals(Messages.Part.OFFSET.column(options.isRaw()))) {
            throw errors.error(
                    ErrorCode.NOT_SUPPORTED,
                    "a topic has no high-water mark of " + question.column(),
                    "Be incremental by column " + Messages.Part.OFFSET.column(options.isRaw())
                            + (options.isRaw() ? "." : ", which option metadata: true adds."));
        }
        return splits.marks(tables.topic(question.table())).toString();
    }

    @Override
    @SuppressWarnings("NullAway") // javac 17 forgets the inner annotation of Preview's rows, once compiled
    public Preview preview(TableName name, int limit) {
        Topics.Topic topic = tables.topic(name);
        List<Column> columns = tables.describe(List.of(name)).get(0).columns();
        List<Codec<Object>> codecs =
                columns.stream().map(column -> Codecs.of(column.type())).toList();
        List<List<@Nullable String>> rows = new ArrayList<>();
        int most = Math.min(Math.max(limit, 0), MOST_PREVIEWED);
        Integer schema = tables.latestSchema(topic).orElse(null);
        Messages messages = messages(topic, columns, columns, schema);
        TupleFields fields = new TupleFields(columns.size());
        for (PlannedSplit split : splits.of(topic, null, Long.MAX_VALUE, schema)) {
            Split.OffsetRange range = (Split.OffsetRange) split.split();
            long end = Math.min(range.end(), range.first() + most - rows.size());
            records.read(new TopicPartition(topic.name(), range.number()), range.first(), end, PATIENCE, record -> {
                take(messages, record, (bytes, offset, length) -> {
                    fields.of(bytes, offset, offset + length);
                    List<@Nullable String> row = new ArrayList<>();
                    for (int i = 0; i < codecs.size(); i++) {
                        row.add(fields.isNull(i) ? null : text(codecs.get(i), fields, i));
                    }
                    rows.add(row);
                });
            });
        }
        return new Preview(
                columns.stream().map(Column::name).toList(),
                columns.stream().map(column -> column.type().notation()).toList(),
                rows);
    }

    private static String text(Codec<Object> codec, TupleFields fields, int field) {
        return codec.format(codec.decode(fields.bytes(), fields.offset(field), fields.length(field)));
    }

    @Override
    public String holdSnapshot() {
        throw errors.error(
                ErrorCode.NOT_SUPPORTED,
                "a topic has no snapshots",
                "Take consistency: run out. What is read was fixed by its offsets when the run was planned.");
    }

    @Override
    public void read(ReadRequest request, RowConsumer rows) {
        Topics.Topic topic = tables.topic(request.table().name());
        List<Split.OffsetRange> ranges = new ArrayList<>();
        if (request.split() instanceof Split.OffsetRange range) {
            ranges.add(range);
        } else if (request.split() instanceof Split.Whole) {
            splits.of(
                            topic,
                            request.where(),
                            Long.MAX_VALUE,
                            tables.latestSchema(topic).orElse(null))
                    .forEach(split -> ranges.add((Split.OffsetRange) split.split()));
        } else {
            throw notOurs(request.split());
        }
        Messages messages = messages(
                topic,
                request.table().columns(),
                request.columns(),
                ranges.get(0).schema());
        for (Split.OffsetRange range : ranges) {
            TopicPartition partition = new TopicPartition(topic.name(), range.number());
            requireThere(topic, partition, range);
            read(partition, range, request, messages, rows);
        }
        requireSame(topic, request.table().name());
    }

    private void read(
            TopicPartition partition,
            Split.OffsetRange range,
            ReadRequest request,
            Messages messages,
            RowConsumer rows) {
        Duration most = request.most();
        long deadline = most == null ? Long.MAX_VALUE : System.nanoTime() + most.toNanos();
        records.read(partition, range.first(), range.end(), PATIENCE, record -> {
            requireSize(partition, record, record.serializedValueSize(), request.maxRowBytes());
            take(messages, record, new RowConsumer() {
                @Override
                public void row(byte[] bytes, int offset, int length) {
                    requireSize(partition, record, length, request.maxRowBytes());
                    rows.row(bytes, offset, length);
                }

                @Override
                public void malformed(MalformedRow row) {
                    rows.malformed(row);
                }
            });
            if (most != null && System.nanoTime() - deadline > 0) {
                throw new GodwitException(
                        ErrorCode.SUBTASK_TOO_LARGE,
                        "reading " + partition + " took longer than " + most,
                        "It is split again.");
            }
        });
    }

    /** Hands one message over as a row, or as one that cannot be read. */
    private void take(Messages messages, ConsumerRecord<byte[], byte[]> record, RowConsumer rows) {
        byte @Nullable [] value = record.value();
        if (value == null && options.skipsTombstones()) {
            return;
        }
        try {
            var tuple = messages.tuple(record);
            rows.row(tuple.bytes(), 0, tuple.length());
        } catch (Messages.UnreadableException e) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            rows.malformed(new MalformedRow(
                    "connection " + connection.name() + ": " + TopicTables.place(partition, record.offset()),
                    String.valueOf(e.getMessage()),
                    remedy(value),
                    value == null ? new byte[0] : value.clone()));
        }
    }

    private String remedy(byte @Nullable [] value) {
        if (value == null) {
            return "Write tombstones: skip to leave such messages out, or format: raw to take them.";
        }
        return options.isAvro()
                ? "See that the registry has the schema that the message names, and that it resolves to the latest one of "
                        + "its subject; or write format: raw to take messages as bytes."
                : "Declare the topic's columns, or write format: raw to take messages as bytes.";
    }

    /** @param schema that values are resolved to, where they have schemas */
    private Messages messages(Topics.Topic topic, List<Column> all, List<Column> wanted, @Nullable Integer schema) {
        return new Messages(
                options.isRaw(),
                options.hasMetadata(),
                all,
                wanted,
                options.isRaw() ? ValueReader.json(false) : tables.form(topic, schema));
    }

    /** What was planned must be there, all of it. */
    private void requireThere(Topics.Topic topic, TopicPartition partition, Split.OffsetRange range) {
        if (!range.topic().equals(topic.id())) {
            throw madeAnew(topic);
        }
        if (range.first() == range.end()) {
            return;
        }
        if (range.number() >= topic.partitions()) {
            throw madeAnew(topic);
        }
        Map<TopicPartition, Long> begin = topics.begins(List.of(partition));
        if (begin.getOrDefault(partition, 0L) > range.first()) {
            throw records.deleted(partition);
        }
        if (topics.ends(List.of(partition)).getOrDefault(partition, 0L) < range.end()) {
            throw errors.error(
                    ErrorCode.SOURCE_CHANGED,
                    partition + " ends before offset " + range.end() + ", where it ended when the run was planned",
                    "The cluster lost records. Start a new run: it plans what is there now.");
        }
    }

    private void requireSame(Topics.Topic topic, TableName name) {
        if (!tables.topic(name).id().equals(topic.id())) {
            throw madeAnew(topic);
        }
    }

    private GodwitException madeAnew(Topics.Topic topic) {
        return errors.error(
                ErrorCode.SOURCE_CHANGED,
                "topic " + topic.name() + " was deleted and made anew since the run was planned",
                "Start a new run: it plans what is there now.");
    }

    private static void requireSize(
            TopicPartition partition, ConsumerRecord<byte[], byte[]> record, long bytes, long most) {
        if (bytes > most) {
            throw new GodwitException(
                    ErrorCode.ROW_TOO_LARGE,
                    TopicTables.place(partition, record.offset()) + ": a row has more than " + most
                            + " bytes, which is the limit",
                    "Raise the limit for rows, or leave its large columns out.");
        }
    }

    private static GodwitException notOurs(Split split) {
        return new GodwitException(
                ErrorCode.EVENT_MALFORMED,
                "a topic has no split such as " + split,
                "No planner sends this: find out who may send events to the broker.");
    }

    @Override
    public void close() {
        clients.close();
    }
}
