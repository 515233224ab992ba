package io.godwit.platform.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonMappingException;
import io.godwit.core.error.ErrorInfo;
import io.godwit.core.event.Event;
import io.godwit.core.event.Fact;
import io.godwit.core.job.Connection;
import io.godwit.core.job.Job;
import io.godwit.core.job.Migrate;
import io.godwit.core.ledger.LedgerRow;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Origin;
import io.godwit.core.plan.Plan;
import io.godwit.core.plan.Split;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.PlannerQuestions;
import io.godwit.core.question.SinkQuestions;
import io.godwit.core.question.SourceQuestions;
import io.godwit.core.run.Digest;
import io.godwit.core.run.Tally;
import io.godwit.core.table.TableDescription;
import io.godwit.core.type.LogicalType;
import io.godwit.platform.Samples;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonTest {

    static Stream<Class<?>> everyRecord() {
        return Stream.of(
                        Event.class,
                        Fact.class,
                        SourceQuestions.class,
                        SinkQuestions.class,
                        PlannerQuestions.class,
                        Split.class,
                        Origin.class,
                        ColumnPlan.class,
                        TablePlan.class,
                        Plan.class,
                        TableDescription.class,
                        Connection.class,
                        Job.class,
                        Migrate.class,
                        LedgerRow.class,
                        ErrorInfo.class)
                .flatMap(Samples::records);
    }

    @ParameterizedTest
    @MethodSource("everyRecord")
    void fullRecordComesBackAsItWas(Class<?> type) throws IOException {
        Object value = Samples.full(type);
        assertThat((Object) Json.mapper().readValue(Json.bytes(value), type)).isEqualTo(value);
    }

    @ParameterizedTest
    @MethodSource("everyRecord")
    void recordWithoutWhatMayBeLeftOutComesBackAsItWas(Class<?> type) throws IOException {
        Object value = Samples.sparse(type);
        assertThat((Object) Json.mapper().readValue(Json.bytes(value), type)).isEqualTo(value);
    }

    /** A function that is older than the one that asks refuses what it does not know. */
    @Test
    void whatIsNewAndEmptyIsNotWritten() throws IOException {
        TablePlan full = Samples.full(TablePlan.class);
        List<Object> plain = List.of(
                full.toBuilder().filter(null).readWith(List.of()).build(),
                new SinkQuestions.SinkTables(List.of(), List.of(), List.of(), null),
                new SourceQuestions.SourceTables(List.of(), List.of()));

        for (Object value : plain) {
            assertThat(Json.mapper().readTree(Json.bytes(value)).fieldNames())
                    .toIterable()
                    .doesNotContain("readWith", "notes", "scansWhole", "seeksRanges");
            assertThat((Object) Json.mapper().readValue(Json.bytes(value), value.getClass()))
                    .isEqualTo(value);
        }
        assertThat(Json.text(full)).contains("\"readWith\"");
    }

    @Test
    void familiesKeepTheirKindWhereTheInterfaceIsRead() throws IOException {
        for (Class<?> type : Fact.class.getPermittedSubclasses()) {
            Fact fact = (Fact) Samples.full(type);
            assertThat(Json.mapper().readValue(Json.bytes(fact), Fact.class)).isEqualTo(fact);
        }
        for (Class<?> type : Split.class.getPermittedSubclasses()) {
            Split split = (Split) Samples.full(type);
            assertThat(Json.mapper().readValue(Json.bytes(split), Split.class)).isEqualTo(split);
        }
    }

    @Test
    void jsonHasComponentsOnlyAndReadableForms() {
        assertThat(Json.text(new Tally(3, 120, new Digest(255))))
                .isEqualTo("{\"rows\":3,\"bytes\":120,\"digest\":\"00000000000000ff\"}");
        assertThat(Json.text(new Event.Ticked(Instant.parse("2026-11-22T02:00:00Z"))))
                .isEqualTo("{\"at\":\"2026-11-22T02:00:00Z\"}");
        assertThat(Json.text(new Origin.SourceColumn("id", LogicalType.parse("int8[]"))))
                .isEqualTo("{\"kind\":\"column\",\"name\":\"id\",\"type\":\"int8[]\"}");
        assertThat(Json.text(LedgerRow.voided(Samples.full(io.godwit.core.run.SubtaskId.class))))
                .doesNotContain("\"void\"");
    }

    @Test
    void entriesOfMapsComeInTheOrderOfTheirKeys() {
        assertThat(Json.text(Map.of("c", 3, "a", 1, "b", 2))).isEqualTo("{\"a\":1,\"b\":2,\"c\":3}");
    }

    @Test
    void whatIsNotOfTheFormIsRefused() {
        List<String> malformed = List.of(
                "{\"rows\":1,\"bytes\":2}",
                "{\"rows\":1,\"bytes\":2,\"digest\":null}",
                "{\"rows\":null,\"bytes\":2,\"digest\":\"0000000000000000\"}",
                "{\"bytes\":2,\"digest\":\"0000000000000000\"}",
                "{\"rows\":1.5,\"bytes\":2,\"digest\":\"0000000000000000\"}",
                "{\"rows\":\"1\",\"bytes\":2,\"digest\":\"0000000000000000\"}",
                "{\"rows\":1,\"bytes\":2,\"digest\":\"00\"}",
                "{\"rows\":1,\"rows\":2,\"bytes\":2,\"digest\":\"0000000000000000\"}",
                "{\"rows\":1,\"bytes\":2,\"digest\":\"0000000000000000\",\"more\":0}",
                "{\"rows\":1,\"bytes\":2,\"digest\":\"0000000000000000\"} {}");
        assertThat(malformed)
                .allSatisfy(text -> assertThatThrownBy(() -> Json.mapper().readValue(text, Tally.class))
                        .isInstanceOf(IOException.class));
    }

    @Test
    void elementsThatAreNullAreRefused() {
        assertThatThrownBy(
                        () -> Json.mapper().readValue("{\"run\":\"a.20260101T000000Z\",\"steps\":[null]}", Plan.class))
                .isInstanceOf(JsonMappingException.class);
    }
}
