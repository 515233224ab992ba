package io.godwit.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.godwit.connector.json.JsonField;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.CreateMode;
import io.godwit.core.job.WriteMode;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.SinkQuestions.Preparation;
import io.godwit.core.question.SinkQuestions.PrepareStep;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes the topics of a step's tables ready. */
final class KafkaPreparation {
    private static final Pattern NAME = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");
    private static final long PAUSE_MILLIS = 50;
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final SinkClients sink;

    KafkaPreparation(SinkClients sink) {
        this.sink = sink;
    }

    /** What would be done; nothing is. */
    Preparation preview(PrepareStep question) {
        Map<String, TopicPlans> tables = tables(question);
        Map<String, Topics.Topic> there = sink.topics.find(tables.keySet());
        Map<String, List<JsonField>> known = sink.known.of(there);
        List<String> statements = new ArrayList<>();
        if (sink.options.isAvro()) {
            subjects().requireTaken(tables.values());
            tables.keySet().forEach(name -> statements.add("register the schema of " + Registry.subject(name)));
        }
        tables.forEach((name, tablesOf) -> {
            if (there.containsKey(name)) {
                requireFit(tablesOf, known.get(name));
                requireKey(tablesOf);
            } else if (tablesOf.plans().stream().anyMatch(table -> table.create() == CreateMode.NEVER)) {
                throw new GodwitException(
                        ErrorCode.TARGET_TABLE_NOT_FOUND,
                        "connection " + sink.connection.name() + ": no topic " + name,
                        "Create it, or take create: never out.");
            } else {
                statements.add("create topic " + name + " ("
                        + sink.options
                                .partitions()
                                .map(count -> count + " partitions")
                                .orElse("the brokers' partitions")
                        + ", "
                        + sink.options
                                .replication()
                                .map(count -> count + " copies")
                                .orElse("the brokers' copies")
                        + ")");
            }
        });
        TopicKeys keys = new TopicKeys(sink.connection, sink.options.key());
        keys.requireKnown(question.tables());
        List<String> notes = new ArrayList<>(List.of("messages are seen subtask by subtask, by consumers that read"
                + " committed ones: isolation.level=read_committed"));
        tables.values().forEach(tablesOf -> notes.addAll(keys.notes(tablesOf)));
        return new Preparation(statements, notes);
    }

    /**
     * Creates what is missing. Done again, it does what is left.
     *
     * @return the topics that the step writes, by name
     */
    Map<String, Topics.Topic> create(PrepareStep question) {
        Map<String, TopicPlans> tables = tables(question);
        List<String> lasting =
                bears(question) ? List.of(LedgerTopic.NAME, QuarantineTopic.NAME) : List.of(LedgerTopic.NAME);
        List<NewTopic> wanted = new ArrayList<>(List.of(KnownColumns.topic(sink.options.replication())));
        lasting.forEach(name -> wanted.add(LastingTopic.of(name, sink.options.replication())));
        tables.keySet()
                .forEach(name -> wanted.add(new NewTopic(name, sink.options.partitions(), sink.options.replication())));
        List<String> names = wanted.stream().map(NewTopic::name).toList();
        Map<String, Topics.Topic> all = sink.errors.during("creating topics", () -> {
            Map<String, Topics.Topic> there = sink.topics.find(names);
            for (NewTopic topic : wanted) {
                if (!there.containsKey(topic.name())) {
                    create(topic);
                }
            }
            return awaitAll(names);
        });
        lasting.forEach(name -> LastingTopic.require(name, sink.topics, sink.errors));
        // Not asked once more: another broker may not have heard of them yet.
        Map<String, Topics.Topic> ofStep = new TreeMap<>(all);
        ofStep.keySet().removeIf(name -> Topics.isOwn(name) && !name.equals(QuarantineTopic.NAME));
        return ofStep;
    }

    /** The step's schemas, by topic, which are registered where they are not; none but of Avro. */
    Map<String, TopicSchema> schemas(PrepareStep question) {
        return sink.options.isAvro() ? subjects().register(tables(question).values()) : Map.of();
    }

    private AvroSubjects subjects() {
        return new AvroSubjects(sink.registry, sink.errors);
    }

    /** Whether refused rows may be set aside. */
    private static boolean bears(PrepareStep question) {
        return question.tables().stream().anyMatch(table -> table.quarantine() != null);
    }

    private void create(NewTopic topic) throws ExecutionException, InterruptedException, TimeoutException {
        try {
            KafkaErrors.get(sink.clients.admin().createTopics(List.of(topic)).all());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    /** Brokers hear of a topic a moment after it was created. */
    private Map<String, Topics.Topic> awaitAll(List<String> names) throws InterruptedException {
        long deadline = System.nanoTime() + MOST_NANOS;
        while (true) {
            Map<String, Topics.Topic> found = sink.topics.find(names);
            if (found.keySet().containsAll(names)) {
                return found;
            }
            if (System.nanoTime() - deadline > 0) {
                throw sink.errors.error(
                        ErrorCode.SINK_INTERRUPTED,
                        "topics were created, and the brokers do not know them yet",
                        "It is tried again by itself.");
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    /** That the topics have these columns; those stay that other steps wrote. */
    List<ProducerRecord<byte[], byte[]>> columns(PrepareStep question, Map<String, Topics.Topic> topics) {
        Map<String, List<JsonField>> known = sink.known.of(topics);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        tables(question).forEach((name, tables) -> {
            requireFit(tables, known.get(name));
            Topics.Topic topic = topics.get(name);
            if (topic != null && !known.containsKey(name)) {
                records.add(KnownColumns.record(topic, sink.options.format(), tables.fields()));
            }
        });
        return records;
    }

    private void requireFit(TopicPlans tables, @org.jspecify.annotations.Nullable List<JsonField> known) {
        if (known != null && !known.containsAll(tables.fields())) {
            throw new GodwitException(
                    ErrorCode.TYPE_INCOMPATIBLE,
                    "connection " + sink.connection.name() + ": topic " + tables.topic()
                            + " has other columns than the step, or others of their types",
                    "Write into another topic.");
        }
    }

    /** A compacted topic takes no message without a key. */
    private void requireKey(TopicPlans tables) {
        boolean without = tables.plans().stream().anyMatch(table -> new MessageKey(table, sink.options.key()).isNone());
        if (without && sink.topics.isCompacted(tables.topic())) {
            throw refused(
                    "topic " + tables.topic() + " is compacted, and its messages would have no key",
                    "Name columns of the table in option key.");
        }
    }

    /** The tables by their topics' names; several may go into one. */
    private Map<String, TopicPlans> tables(PrepareStep question) {
        if (!question.before().isEmpty()) {
            throw refused("before: runs SQL, which topics have not", "Take it out.");
        }
        Map<String, List<TablePlan>> tables = new TreeMap<>();
        for (TablePlan table : question.tables()) {
            String name = Topics.name(table.target());
            if (!NAME.matcher(name).matches() || Topics.isOwn(name)) {
                throw refused(
                        name + " is no name of a topic",
                        "Use letters, digits, dots, dashes and underscores, at most 249, and none that begin with"
                                + " godwit- or godwit. or __.");
            }
            require(table, name);
            tables.computeIfAbsent(name, topic -> new ArrayList<>()).add(table);
        }
        Map<String, TopicPlans> topics = new TreeMap<>();
        tables.forEach((name, plans) -> topics.put(name, oneTyped(new TopicPlans(name, plans))));
        return topics;
    }

    private TopicPlans oneTyped(TopicPlans tables) {
        tables.conflict().ifPresent(conflict -> {
            throw new GodwitException(
                    ErrorCode.TYPE_INCOMPATIBLE,
                    "connection " + sink.connection.name() + ": topic " + tables.topic()
                            + " gets several tables, and their types differ: " + conflict,
                    "Give the column one type under types or columns, or write into several topics.");
        });
        return tables;
    }

    private void require(TablePlan table, String name) {
        if (sink.options.isRaw()) {
            throw refused("format raw is for reading", "Write format: json or avro, or leave it out.");
        }
        if (table.mode() != WriteMode.APPEND) {
            throw refused(
                    "topic " + name + ": mode " + table.mode().name().toLowerCase(java.util.Locale.ROOT)
                            + " changes or removes rows, and a topic keeps every message",
                    "Use mode append. Messages carry the row's key: a compacted topic keeps the last of each by itself.");
        }
        if (table.create() == CreateMode.RECREATE) {
            throw refused(
                    "topic " + name + ": create: recreate would take away what consumers have not read",
                    "Write into another topic, or delete this one yourself.");
        }
    }

    static List<JsonField> fields(TablePlan table) {
        return table.columns().stream()
                .map(column -> new JsonField(column.target(), column.wireType()))
                .toList();
    }

    /** A name for the question, to know it again: the same in every process. */
    static String hash(PrepareStep question) {
        StringBuilder text = new StringBuilder();
        question.tables()
                .forEach(table -> text.append(table.id())
                        .append(' ')
                        .append(table.target())
                        .append(' ')
                        .append(table.columns())
                        .append(table.quarantine() == null ? "" : " quarantine")
                        .append('\n'));
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private GodwitException refused(String why, String remedy) {
        return new GodwitException(
                ErrorCode.NOT_SUPPORTED, "connection " + sink.connection.name() + ": " + why, remedy);
    }

    static Map<String, String> ids(Map<String, Topics.Topic> topics) {
        Map<String, String> ids = new LinkedHashMap<>();
        topics.forEach((name, topic) -> ids.put(name, topic.id()));
        return ids;
    }

    static Optional<String> changed(Map<String, String> prepared, Map<String, Topics.Topic> now) {
        return prepared.entrySet().stream()
                .filter(topic -> !Optional.ofNullable(now.get(topic.getKey()))
                        .map(Topics.Topic::id)
                        .equals(Optional.of(topic.getValue())))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
