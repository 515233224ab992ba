package io.godwit.connector.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.godwit.connector.Sink;
import io.godwit.connector.file.ControlStoreServer;
import io.godwit.connector.kit.TypeSample;
import io.godwit.connector.kit.TypeSamples;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.job.Migrate.Quarantine;
import io.godwit.core.job.WriteMode;
import io.godwit.core.ledger.LedgerRow;
import io.godwit.core.ledger.RunRow;
import io.godwit.core.ledger.SubtaskSet;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Origin.SourceColumn;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.SinkQuestions.CloseStep;
import io.godwit.core.question.SinkQuestions.PrepareStep;
import io.godwit.core.question.SinkQuestions.PublishStep;
import io.godwit.core.question.SinkQuestions.QuarantineQuestion;
import io.godwit.core.question.SinkQuestions.RefusedRow;
import io.godwit.core.row.RowHash;
import io.godwit.core.row.TupleBuilder;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.Digest;
import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import io.godwit.core.table.Column;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import io.godwit.core.type.codec.FieldWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the kit does not know of indices: who may write them when, and what they keep. */
class OpenSearchSinkTest {
    private static final Connection CONNECTION = OpenSearchServer.connection("own-");
    private static final Cluster CLUSTER = OpenSearchServer.cluster(CONNECTION);

    /** All types in one table: a row for each value of each. */
    @Test
    void everyValueOfEveryTypeIsReadBackAsItsBytes() {
        List<TypeSample> samples = TypeSamples.all().stream()
                .map(sample -> new TypeSample(
                        sample.type(),
                        sample.nativeType(),
                        sample.values().stream()
                                .filter(value -> isKept(sample.type(), value))
                                .toList()))
                .toList();
        List<LogicalType> types = samples.stream().map(TypeSample::type).toList();
        List<byte[]> rows = new ArrayList<>();
        int most = samples.stream()
                .mapToInt(sample -> sample.values().size())
                .max()
                .orElseThrow();
        for (int row = 0; row <= most; row++) {
            FieldWriter tuple = new FieldWriter();
            tuple.int2(samples.size());
            for (TypeSample sample : samples) {
                if (row >= sample.values().size()) {
                    tuple.int4(-1);
                } else {
                    Codec<Object> codec = Codecs.of(sample.type());
                    byte[] value = codec.encode(codec.parse(sample.values().get(row)));
                    tuple.int4(value.length);
                    tuple.bytes(value);
                }
            }
            rows.add(tuple.toByteArray());
        }
        TablePlan plan = plan("types", types, WriteMode.APPEND);
        try (Sink sink = OpenSearchServer.sink(CONNECTION)) {
            prepare(sink, plan);
            SubtaskId written = write(sink, plan, 0, rows);
            publish(sink, plan, written);

            assertThat(scanned(sink, plan)).containsExactlyInAnyOrderElementsOf(hex(rows));
            assertThat(sink.describe(List.of(plan.target())).get(0).columns())
                    .extracting(Column::type)
                    .isEqualTo(types);
        }
    }

    /** What the connector says that a cluster has not: numbers of a thousand digits, keys of jsonb that come twice. */
    private static boolean isKept(LogicalType type, String value) {
        if (type instanceof Decimal) {
            Codec<Object> codec = Codecs.of(type);
            return codec.format(codec.parse(value)).length() <= 1000;
        }
        return type != Scalar.JSONB || hasKeysOnce(value);
    }

    private static boolean hasKeysOnce(String json) {
        try {
            new ObjectMapper()
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .readTree(json);
            return true;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(Scalar.JSONB, "{\"secret\":1,\"secret\":2}"),
                Arguments.of(Scalar.JSONB, "[".repeat(1001) + "]".repeat(1001)),
                Arguments.of(new Decimal(null, null), "1" + "0".repeat(1001)));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void documentThatTheClusterRefusesFailsTheSubtaskWithoutItsValues(LogicalType type, String value) {
        TablePlan plan = plan("refused" + value.length(), List.of(type), WriteMode.APPEND);
        try (Sink sink = OpenSearchServer.sink(CONNECTION)) {
            prepare(sink, plan);
            GodwitException refused =
                    catchThrowableOfType(GodwitException.class, () -> write(sink, plan, 0, rows(type, value)));

            assertThat(refused.code()).isEqualTo(ErrorCode.ROW_REFUSED);
            assertThat(refused.getMessage())
                    .contains("row 0 of its subtask: mapper_parsing_exception")
                    .doesNotContain("secret", "[[", "000");
        }
    }

    /** Such as no mapping of ours has them; whoever owns the cluster may have changed it. */
    @Test
    void rowWithATermThatIsTooLongIsSetAside() {
        TablePlan plan = bearing("terms", Scalar.TEXT);
        try (Sink sink = OpenSearchServer.sink(CONNECTION)) {
            prepare(sink, plan);
            CLUSTER.ask(
                    "mapping",
                    "PUT",
                    "/" + index(plan) + "/_mapping",
                    "{\"properties\": {\"v0\": {\"type\": \"text\", \"fields\": {\"keyword\": {\"type\": \"keyword\"}}}}}");
            SubtaskId written = write(sink, plan, 0, rows(Scalar.TEXT, "a", "b".repeat(40_000), "c"));
            publish(sink, plan, written);

            assertThat(quarantined(sink, plan))
                    .extracting(RefusedRow::reason)
                    .containsExactly("illegal_argument_exception, max_bytes_length_exceeded_exception, column v0");
            assertThat(scanned(sink, plan)).containsExactlyInAnyOrderElementsOf(hex(rows(Scalar.TEXT, "a", "c")));
        }
    }

    /** The tests' server takes requests of 8 MiB. The first two rows come in one request. */
    @Test
    void rowThatIsLargerThanARequestMayBeIsSetAside() {
        TablePlan plan = bearing("large", Scalar.TEXT);
        List<byte[]> rows = rows(Scalar.TEXT, "a".repeat(3_000_000), "b".repeat(7_000_000), "c".repeat(9_000_000), "d");
        try (Sink sink = OpenSearchServer.sink(CONNECTION)) {
            prepare(sink, plan);
            SubtaskId written = write(sink, plan, 0, rows);
            publish(sink, plan, written);

            List<RefusedRow> aside = quarantined(sink, plan);
            assertThat(aside).hasSize(1);
            assertThat(aside.get(0).key()).isEqualTo("row 2 of its subtask");
            assertThat(aside.get(0).reason()).endsWith("bytes, which is more than the cluster takes");
            assertThat(aside.get(0).row()).isEqualTo(rows.get(2));
            assertThat(scanned(sink, plan))
                    .containsExactlyInAnyOrderElementsOf(hex(List.of(rows.get(0), rows.get(1), rows.get(3))));
        }
    }

    /** It would be said of every row. */
    @Test
    void whatIsNoDocumentsFaultIsNotSetAside() {
        TablePlan plan = bearing("pipeline", Scalar.TEXT);
        try (Sink sink = OpenSearchServer.sink(CONNECTION)) {
            prepare(sink, plan);
            CLUSTER.ask(
                    "changing", "PUT", "/" + index(plan) + "/_settings", "{\"index.final_pipeline\": \"not-there\"}");

            GodwitException refused =
                    catchThrowableOfType(GodwitException.class, () -> write(sink, plan, 0, rows(Scalar.TEXT, "a")));

            assertThat(refused.code()).isEqualTo(ErrorCode.SINK_REFUSED);
            assertThat(refused).hasMessageContaining("400 illegal_argument_exception");
        }
    }

    @Test
    void documentsThatNoLedgerNamesAreClearedBeforeAStepShows() {
        TablePlan plan = plan("litter", List.of(Scalar.INT8), WriteMode.APPEND);
        try (Sink sink = OpenSearchServer.sink(CONNECTION)) {
            prepare(sink, plan);
            try (Sink.Transaction broken = begin(sink, plan, 0, numbers(100, 200))) {
                broken.finish(); // sent, and never committed
            }
            assertThat(count(plan)).isEqualTo(100);
            SubtaskId written = write(sink, plan, 0, numbers(0, 3));
            assertThat(shown(plan)).isZero();

            publish(sink, plan, written);

            assertThat(count(plan)).isEqualTo(3);
            assertThat(shown(plan)).isEqualTo(3);
            assertThat(scanned(sink, plan)).containsExactlyInAnyOrderElementsOf(hex(numbers(0, 3)));
        }
    }

    @Test
    void writerThatComesAfterAStepShowsIsRefused() {
        TablePlan plan = plan("late", List.of(Scalar.INT8), WriteMode.APPEND);
        try (Sink sink = OpenSearchServer.sink(CONNECTION)) {
            prepare(sink, plan);
            SubtaskId written = write(sink, plan, 0, numbers(0, 3));
            publish(sink, plan, written);

            // Its session of the control store is long gone, but its request is still under way.
            GodwitException refused = catchThrowableOfType(
                    GodwitException.class,
                    () -> CLUSTER.ask("writing late", "PUT", "/" + index(plan) + "/_doc/zombie", "{\"v0\": 4}"));

            assertThat(refused).hasMessageContaining("cluster_block_exception");
            assertThat(shown(plan)).isEqualTo(3);
        }
    }

    @Test
    void writerThatComesAfterACancelMakesNoIndex() {
        TablePlan plan = plan("zombie", List.of(Scalar.INT8), WriteMode.APPEND);
        try (Sink sink = OpenSearchServer.sink(CONNECTION)) {
            prepare(sink, plan);
            try (Sink.Transaction late = begin(sink, plan, 0, numbers(0, 3))) {
                new Aliases(CLUSTER, "own-").deleteAll(plan.step());

                assertThat(catchThrowableOfType(GodwitException.class, late::finish)
                                .code())
                        .isEqualTo(ErrorCode.SINK_REFUSED);
            }
        }
        assertThat(new Aliases(CLUSTER, "own-").exists(Names.index(alias(plan), plan.step())))
                .isFalse();
    }

    /** With as many documents as the ledger says, but by the cluster's own idea of a mapping. */
    @Test
    void indexThatWasMadeAnewIsNotPublished() {
        TablePlan plan = plan("anew", List.of(Scalar.INT8), WriteMode.APPEND);
        try (Sink sink = OpenSearchServer.sink(CONNECTION)) {
            prepare(sink, plan);
            SubtaskId written = write(sink, plan, 0, numbers(0, 1));
            new Aliases(CLUSTER, "own-").deleteAll(plan.step());
            CLUSTER.ask("making", "PUT", "/" + index(plan) + "/_doc/1", "{\"v0\": 0}");

            assertThat(catchThrowableOfType(GodwitException.class, () -> publish(sink, plan, written)))
                    .hasMessageContaining("is not the one that its step made");
            assertTableIsFreeOnceCancelled(sink, plan);
        }
    }

    @Test
    void stepWhoseDocumentsWereDeletedIsNotPublishedAndBlocksNobody() {
        TablePlan plan = plan("lacking", List.of(Scalar.INT8), WriteMode.APPEND);
        try (Sink sink = OpenSearchServer.sink(CONNECTION)) {
            prepare(sink, plan);
            SubtaskId written = write(sink, plan, 0, numbers(0, 2));
            new Aliases(CLUSTER, "own-").refresh(index(plan));
            CLUSTER.ask(
                    "deleting",
                    "POST",
                    "/" + index(plan) + "/_delete_by_query?refresh=true",
                    "{\"query\": {\"term\": {\"v0\": 1}}}");

            assertThat(catchThrowableOfType(GodwitException.class, () -> publish(sink, plan, written)))
                    .hasMessageContaining("has 1 of the 2 documents");
            assertTableIsFreeOnceCancelled(sink, plan);
        }
    }

    /** A policy of the cluster deletes the index of a step that is on record to be published already. */
    @Test
    void publicationThatCanNeverSucceedIsGivenUpWhereNothingOfItShows() {
        TablePlan plan = plan("never", List.of(Scalar.INT8), WriteMode.APPEND);
        try (Sink sink = OpenSearchServer.sink(CONNECTION)) {
            prepare(sink, plan);
            SubtaskId written = write(sink, plan, 0, numbers(0, 1));
            PublishStep question =
                    new PublishStep(plan.step(), List.of(plan), List.of(), SubtaskSet.EMPTY.plus(written));
            assertThat(catchThrowableOfType(
                            IllegalStateException.class,
                            () -> ControlStoreServer.ledgers().publish(question, (step, units) -> {
                                throw new IllegalStateException("killed");
                            })))
                    .isNotNull();
            new Aliases(CLUSTER, "own-").deleteAll(plan.step());

            assertThat(catchThrowableOfType(GodwitException.class, () -> publish(sink, plan, written)))
                    .hasMessageContaining("is gone");
            assertTableIsFreeOnceCancelled(sink, plan);
        }
    }

    private static void assertTableIsFreeOnceCancelled(Sink sink, TablePlan plan) {
        assertThat(sink.close(new CloseStep(plan.step(), CONNECTION, true, List.of()))
                        .run())
                .isEqualTo(RunRow.CLOSED);
        TablePlan next = plan(plan.target().name(), List.of(Scalar.INT8), WriteMode.OVERWRITE);
        prepare(sink, next);
        publish(sink, next, write(sink, next, 0, numbers(5, 6)));
        assertThat(scanned(sink, next)).containsExactlyInAnyOrderElementsOf(hex(numbers(5, 6)));
    }

    /** What a template says of pipelines and the like, the index says otherwise. */
    @Test
    void templatesOfTheClusterDoNotAlterDocuments() {
        CLUSTER.ask("making a pipeline", "PUT", "/_ingest/pipeline/own-drop", "{\"processors\": []}");
        template(
                "templated",
                "{\"settings\": {\"index.default_pipeline\": \"own-drop\", \"index.final_pipeline\": \"own-drop\","
                        + " \"index.translog.durability\": \"async\"}, \"mappings\": {\"_source\": {\"excludes\": [\"v0\"]}}}");
        TablePlan plan = plan("templated", List.of(Scalar.INT8), WriteMode.APPEND);
        try (Sink sink = OpenSearchServer.sink(CONNECTION)) {
            prepare(sink, plan);
            publish(sink, plan, write(sink, plan, 0, numbers(0, 3)));

            assertThat(scanned(sink, plan)).containsExactlyInAnyOrderElementsOf(hex(numbers(0, 3)));
        }
        var settings = CLUSTER.ask("looking", "GET", "/" + index(plan) + "?flat_settings=true", null)
                .json()
                .findPath("settings");
        assertThat(settings.path("index.default_pipeline").asText()).isEqualTo("_none");
        assertThat(settings.path("index.final_pipeline").asText()).isEqualTo("_none");
        assertThat(settings.path("index.translog.durability").asText()).isEqualTo("request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"aliases\": {\"everything\": {}}}",
                "{\"settings\": {\"index.search.default_pipeline\": \"own-none\"}}"
            })
    void templateThatWouldAlterDocumentsIsRefused(String template) {
        String name = "bent" + Integer.toHexString(template.hashCode());
        template(name, template);
        TablePlan plan = plan(name, List.of(Scalar.INT8), WriteMode.APPEND);
        try (Sink sink = OpenSearchServer.sink(CONNECTION)) {
            GodwitException refused = catchThrowableOfType(GodwitException.class, () -> prepare(sink, plan));

            assertThat(refused.code()).isEqualTo(ErrorCode.SINK_REFUSED);
            assertThat(refused).hasMessageContaining("is not what was to be created");
            assertThat(new Aliases(CLUSTER, "own-").exists(Names.index(alias(plan), plan.step())))
                    .isFalse();
        }
    }

    private static void template(String table, String template) {
        CLUSTER.ask(
                "making a template",
                "PUT",
                "/_index_template/own-" + table,
                "{\"index_patterns\": [\"own-" + table + "-*\"], \"template\": " + template + "}");
    }

    /** A later step takes the place of one that was never published, and deletes its index. */
    @Test
    void connectionsThatNameOneClusterOtherwiseHaveOnePlace() {
        Connection other = OpenSearchServer.connection("localhost", "own-");
        TablePlan first = plan("place", List.of(Scalar.INT8), WriteMode.APPEND);
        TablePlan second = plan("place", List.of(Scalar.INT8), WriteMode.SWAP);
        try (Sink one = OpenSearchServer.sink(CONNECTION);
                Sink two = OpenSearchServer.sink(other)) {
            prepare(one, first);
            one.close(new CloseStep(first.step(), CONNECTION, false, List.of()));
            prepare(two, second);
        }
        assertThat(new Aliases(CLUSTER, "own-").exists(Names.index(alias(first), first.step())))
                .isFalse();
    }

    @Test
    void pageThatIsTooLargeIsHalved() {
        TablePlan plan = plan("pages", List.of(Scalar.INT8), WriteMode.APPEND);
        try (Sink sink = OpenSearchServer.sink(CONNECTION)) {
            prepare(sink, plan);
            publish(sink, plan, write(sink, plan, 0, numbers(0, 300)));
        }
        int[] documents = {0};

        new Documents(CLUSTER.within(10_000)).read(alias(plan), null, (body, offset, length) -> documents[0]++);

        assertThat(documents[0]).isEqualTo(300);
    }

    @Test
    void answerThatIsTooLargeIsAnErrorThatIsNotTriedAgain() {
        GodwitException refused = catchThrowableOfType(
                GodwitException.class, () -> CLUSTER.within(10).ask("asking", "GET", "/", null));

        assertThat(refused.code()).isEqualTo(ErrorCode.SINK_REFUSED);
        assertThat(refused).hasMessageContaining("more than 10 bytes");
    }

    @Test
    void swapShowsTheNewRowsAndNoneOfTheFormerAtOnce() {
        TablePlan first = plan("swapped", List.of(Scalar.INT8), WriteMode.APPEND);
        TablePlan second = plan("swapped", List.of(Scalar.TEXT), WriteMode.SWAP);
        try (Sink sink = OpenSearchServer.sink(CONNECTION)) {
            prepare(sink, first);
            publish(sink, first, write(sink, first, 0, numbers(0, 3)));
            prepare(sink, second);
            FieldWriter row = new FieldWriter();
            row.int2(1);
            row.int4(2);
            row.text("ab");
            SubtaskId written = write(sink, second, 0, List.of(row.toByteArray()));
            assertThat(shown(second)).isEqualTo(3);

            publish(sink, second, written);

            assertThat(shown(second)).isEqualTo(1);
            assertThat(new Aliases(CLUSTER, "own-").exists(Names.index(alias(first), first.step())))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mixed Case", "we\"ird/..\\*?", "ünï 🐦", "a,b#c:d", "percent%20", "_all", "..", "n\nl"})
    void hostileNamesAreNames(String name) {
        TablePlan plan = plan(name, List.of(Scalar.INT8), WriteMode.APPEND);
        try (Sink sink = OpenSearchServer.sink(CONNECTION)) {
            prepare(sink, plan);
            publish(sink, plan, write(sink, plan, 0, numbers(0, 3)));

            assertThat(scanned(sink, plan)).hasSize(3);
            assertThat(sink.describe(List.of(plan.target()))).hasSize(1);
        }
    }

    @Test
    void indexThatGodwitDidNotWriteIsNotTouched() {
        TablePlan plan = plan("others", List.of(Scalar.INT8), WriteMode.SWAP);
        CLUSTER.ask("making", "PUT", "/own-others", "{}");
        try (Sink sink = OpenSearchServer.sink(CONNECTION)) {
            GodwitException refused = catchThrowableOfType(GodwitException.class, () -> prepare(sink, plan));

            assertThat(refused.code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
            assertThat(refused).hasMessageContaining("did not write");
        }
    }

    @Test
    void indexThatIsPutUnderTheAliasWhileTheRunWritesIsNotDeleted() {
        TablePlan plan = plan("legacy", List.of(Scalar.INT8), WriteMode.SWAP);
        try (Sink sink = OpenSearchServer.sink(CONNECTION)) {
            prepare(sink, plan);
            SubtaskId written = write(sink, plan, 0, numbers(0, 3));
            CLUSTER.ask("keeping", "PUT", "/legacy-2025/_doc/1?refresh=true", "{\"v0\": 7}");
            alias("add", "legacy-2025", "own-legacy");

            GodwitException refused = catchThrowableOfType(GodwitException.class, () -> publish(sink, plan, written));

            assertThat(refused.code()).isEqualTo(ErrorCode.SINK_REFUSED);
            assertThat(refused).hasMessageContaining("legacy-2025");
            assertThat(new Aliases(CLUSTER, "own-").count("legacy-2025")).isEqualTo(1);

            alias("remove", "legacy-2025", "own-legacy");
            publish(sink, plan, written);
            assertThat(shown(plan)).isEqualTo(3);
        }
    }

    /** A copy that somebody restored under a name of his own has the columns, and is his. */
    @Test
    void copyOfAnIndexIsNotAnIndexOfGodwit() {
        TablePlan plan = plan("copied", List.of(Scalar.INT8), WriteMode.SWAP);
        CLUSTER.ask(
                "making", "PUT", "/own-copied-copy", Mapping.index("own-copied-write", Mapping.columns(plan), null));
        alias("add", "own-copied-copy", "own-copied");
        try (Sink sink = OpenSearchServer.sink(CONNECTION)) {
            assertThat(catchThrowableOfType(GodwitException.class, () -> prepare(sink, plan)))
                    .hasMessageContaining("did not write");
        }
    }

    private static void alias(String action, String index, String alias) {
        var request = Cluster.JSON.createObjectNode();
        request.withArrayProperty("actions")
                .addObject()
                .withObjectProperty(action)
                .put("index", index)
                .put("alias", alias);
        CLUSTER.ask(action, "POST", "/_aliases", request.toString());
    }

    @Test
    void fieldsCanBeSearchedAsTheirTypes() {
        TablePlan plan = plan("searched", List.of(Scalar.INT8), WriteMode.APPEND);
        try (Sink sink = OpenSearchServer.sink(CONNECTION)) {
            prepare(sink, plan);
            publish(sink, plan, write(sink, plan, 0, numbers(0, 50)));
        }

        assertThat(CLUSTER.ask(
                                "searching",
                                "POST",
                                "/own-searched/_count",
                                "{\"query\": {\"range\": {\"v0\": {\"gte\": 9, \"lt\": 11}}}}")
                        .json()
                        .path("count")
                        .asInt())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Shop", "_all", "a/b", "*", "a,b", "-x"})
    void prefixThatIsNoneIsRefused(String prefix) {
        assertThat(catchThrowableOfType(
                                GodwitException.class,
                                () -> OpenSearchServer.cluster(OpenSearchServer.connection(prefix)))
                        .code())
                .isEqualTo(ErrorCode.CONNECTION_OPTION_REFUSED);
    }

    private static String alias(TablePlan plan) {
        return Names.alias("own-", plan.target());
    }

    private static String index(TablePlan plan) {
        return Names.inPath(Names.index(alias(plan), plan.step()));
    }

    private static long count(TablePlan plan) {
        Aliases aliases = new Aliases(CLUSTER, "own-");
        String index = Names.index(alias(plan), plan.step());
        aliases.refresh(index);
        return aliases.count(index);
    }

    private static long shown(TablePlan plan) {
        return new Aliases(CLUSTER, "own-").count(alias(plan));
    }

    private static List<byte[]> numbers(long from, long to) {
        List<byte[]> rows = new ArrayList<>();
        for (long i = from; i < to; i++) {
            FieldWriter row = new FieldWriter();
            row.int2(1);
            row.int4(8);
            row.int8(i);
            rows.add(row.toByteArray());
        }
        return rows;
    }

    private static List<byte[]> rows(LogicalType type, String... values) {
        Codec<Object> codec = Codecs.of(type);
        return Arrays.stream(values)
                .map(value -> TupleBuilder.tuple(List.of(codec.encode(codec.parse(value)))))
                .toList();
    }

    private static List<RefusedRow> quarantined(Sink sink, TablePlan plan) {
        return sink.quarantine(new QuarantineQuestion(plan.step(), CONNECTION, null, 10))
                .rows();
    }

    /** A plan of one column, whose refused rows are borne. */
    private static TablePlan bearing(String name, LogicalType type) {
        return plan(name, List.of(type), WriteMode.APPEND, new Quarantine(10L, null));
    }

    private static TablePlan plan(String name, List<LogicalType> types, WriteMode mode) {
        return plan(name, types, mode, null);
    }

    private static TablePlan plan(
            String name, List<LogicalType> types, WriteMode mode, @Nullable Quarantine quarantine) {
        List<Column> columns = new ArrayList<>();
        List<ColumnPlan> plans = new ArrayList<>();
        for (LogicalType type : types) {
            String column = "v" + columns.size();
            columns.add(new Column(column, type, type.notation(), true, null, false, null, null, null));
            plans.add(new ColumnPlan(column, new SourceColumn(column, type), type, type.notation()));
        }
        TableDescription source = new TableDescription(
                new TableName(null, null, name),
                "table",
                columns,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                -1,
                -1);
        String job = ("search-" + Integer.toHexString(name.hashCode()) + "-" + mode).toLowerCase(java.util.Locale.ROOT);
        return TablePlan.builder(StepId.of(RunId.of(job, Instant.EPOCH), "copy"), 0)
                .source(CONNECTION, source)
                .sink(CONNECTION, new TableName(null, null, name))
                .mode(mode)
                .columns(plans)
                .quarantine(quarantine)
                .maxRowBytes(1 << 20)
                .build();
    }

    private static void prepare(Sink sink, TablePlan plan) {
        sink.prepare(new PrepareStep(plan.step(), List.of(plan), List.of()));
    }

    private static Sink.Transaction begin(Sink sink, TablePlan plan, int split, List<byte[]> rows) {
        Tally tally = Tally.ZERO;
        for (byte[] row : rows) {
            tally = tally.plus(new Tally(1, row.length, new Digest(RowHash.of(row, 0, row.length))));
        }
        Sink.Transaction transaction = sink.begin(plan, Duration.ofMinutes(1));
        transaction.lockRun();
        transaction.claim(new LedgerRow(SubtaskId.of(plan.step(), 0, split), AttemptId.fresh(), tally, Tally.ZERO));
        rows.forEach(row -> transaction.write(row, 0, row.length, 1));
        return transaction;
    }

    private static SubtaskId write(Sink sink, TablePlan plan, int split, List<byte[]> rows) {
        try (Sink.Transaction transaction = begin(sink, plan, split, rows)) {
            transaction.finish();
            transaction.commit();
        }
        return SubtaskId.of(plan.step(), 0, split);
    }

    private static void publish(Sink sink, TablePlan plan, SubtaskId written) {
        sink.publish(new PublishStep(plan.step(), List.of(plan), List.of(), SubtaskSet.EMPTY.plus(written)));
    }

    private static List<String> scanned(Sink sink, TablePlan plan) {
        List<String> rows = new ArrayList<>();
        sink.scan(
                plan,
                null,
                (bytes, offset, length) ->
                        rows.add(HexFormat.of().formatHex(Arrays.copyOfRange(bytes, offset, offset + length))));
        return rows;
    }

    private static List<String> hex(List<byte[]> rows) {
        return rows.stream().map(row -> HexFormat.of().formatHex(row)).toList();
    }
}
