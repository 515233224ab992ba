package io.godwit.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.connector.Connector;
import io.godwit.connector.Sink;
import io.godwit.connector.Source;
import io.godwit.connector.Source.ReadRequest;
import io.godwit.connector.kit.SampleTable.SampleColumn;
import io.godwit.core.job.Connection;
import io.godwit.core.job.WriteMode;
import io.godwit.core.ledger.LedgerRow;
import io.godwit.core.ledger.SubtaskSet;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Origin.SourceColumn;
import io.godwit.core.plan.Split;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.SinkQuestions.PrepareStep;
import io.godwit.core.question.SinkQuestions.PublishStep;
import io.godwit.core.row.RowHash;
import io.godwit.core.row.TupleFields;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.Digest;
import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import io.godwit.core.table.Column;
import io.godwit.core.table.SourceType;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a source and a sink of one kind promise together: every value of every type arrives as the same bytes. */
public abstract class RoundTripContract {

    protected abstract Connector connector();

    protected abstract Connection sourceConnection();

    protected abstract Connection sinkConnection();

    protected abstract Source openSource();

    protected abstract Sink openSink();

    /** Reads what the sink wrote, as any other source. */
    protected abstract Source openSinkAsSource();

    /** Makes the table in the source. */
    protected abstract void create(SampleTable sample);

    /** The name of a table that does not exist yet, in both ends' words. */
    protected abstract TableName tableName(String name);

    /** The modes that the sink has. */
    protected Set<WriteMode> modes() {
        return EnumSet.allOf(WriteMode.class);
    }

    /** Types and values; a connector that lacks a type leaves it out. */
    protected List<TypeSample> samples() {
        return TypeSamples.all();
    }

    /** A column's name, in words that the sink takes. */
    protected String columnName(String name) {
        return name;
    }

    @Test
    void everyTypeIsReadAsTheConnectorSays() {
        TableName name = tableName("source_types");
        List<SourceType> types = connector().sourceTypes();
        List<SampleColumn> columns = new ArrayList<>();
        types.forEach(type -> columns.add(new SampleColumn("c" + columns.size(), type.nativeType())));
        create(new SampleTable(name, columns, List.of(), List.of()));
        try (Source source = openSource()) {
            assertThat(source.describe(List.of(name)).get(0).columns())
                    .extracting(Column::type)
                    .isEqualTo(types.stream().map(SourceType::type).toList());
        }
    }

    @ParameterizedTest
    @EnumSource(WriteMode.class)
    void everyValueOfEveryTypeArrivesAsTheSameBytes(WriteMode mode) {
        if (!modes().contains(mode)) {
            return; // SinkContract sees that it is refused
        }
        TableName name = tableName("types_" + mode.name().toLowerCase(java.util.Locale.ROOT));
        create(table(name));
        try (Source source = openSource();
                Sink sink = openSink();
                Source target = openSinkAsSource()) {
            TableDescription described = source.describe(List.of(name)).get(0);
            Map<String, String> sent = rows(described, read(source, described));
            TablePlan plan = plan(described, mode);

            write(sink, plan, read(source, described));

            TableName there = new TableName(sinkConnection().database(), name.schema(), name.name());
            TableDescription written = target.describe(List.of(there)).get(0);
            assertThat(rows(written, read(target, written))).containsExactlyInAnyOrderEntriesOf(sent);
            List<byte[]> scanned = new ArrayList<>();
            sink.scan(plan, null, (bytes, offset, length) -> scanned.add(copy(bytes, offset, length)));
            assertThat(rows(described, scanned)).isEqualTo(sent);
        }
    }

    /** A column per type, a row per value and one row of NULLs. */
    private SampleTable table(TableName name) {
        List<SampleColumn> columns = new ArrayList<>();
        columns.add(new SampleColumn("id", "int4"));
        int most = 0;
        for (TypeSample sample : samples()) {
            columns.add(new SampleColumn(
                    columnName("c" + columns.size() + " "
                            + sample.type().notation().split("[(<]", 2)[0]),
                    sample.nativeType()));
            most = Math.max(most, sample.values().size());
        }
        return new SampleTable(name, columns, List.of("id"), List.of()).with(most + 1, row -> {
            List<@Nullable String> values = new ArrayList<>();
            values.add(String.valueOf(row));
            samples()
                    .forEach(sample -> values.add(
                            row < sample.values().size() ? sample.values().get(row) : null));
            return values;
        });
    }

    private TablePlan plan(TableDescription source, WriteMode mode) {
        List<ColumnPlan> columns = source.columns().stream()
                .map(column -> new ColumnPlan(
                        column.name(),
                        new SourceColumn(column.name(), column.type()),
                        column.type(),
                        column.nativeType()))
                .toList();
        String job = (getClass().getSimpleName() + "-" + mode).toLowerCase(java.util.Locale.ROOT);
        RunId run = RunId.of(job, Instant.EPOCH);
        return TablePlan.builder(StepId.of(run, "copy"), 0)
                .source(sourceConnection(), source)
                .sink(
                        sinkConnection(),
                        new TableName(
                                null, source.name().schema(), source.name().name()))
                .mode(mode)
                .key(mode.needsKey() ? List.of("id") : List.of())
                .columns(columns)
                .maxRowBytes(ReadRows.MAX_ROW_BYTES)
                .build();
    }

    private static List<byte[]> read(Source source, TableDescription table) {
        List<byte[]> rows = new ArrayList<>();
        source.read(
                new ReadRequest(
                        table, table.columns(), null, new Split.Whole(null), null, ReadRows.MAX_ROW_BYTES, null),
                (bytes, offset, length) -> rows.add(copy(bytes, offset, length)));
        return rows;
    }

    private static void write(Sink sink, TablePlan plan, List<byte[]> rows) {
        sink.prepare(new PrepareStep(plan.step(), List.of(plan), List.of()));
        SubtaskId subtask = SubtaskId.of(plan.step(), 0, 0);
        Tally tally = Tally.ZERO;
        for (byte[] row : rows) {
            tally = tally.plus(new Tally(1, row.length, new Digest(RowHash.of(row, 0, row.length))));
        }
        try (Sink.Transaction transaction = sink.begin(plan, Duration.ofMinutes(1))) {
            transaction.lockRun();
            transaction.claim(new LedgerRow(subtask, AttemptId.fresh(), tally, Tally.ZERO));
            rows.forEach(row -> transaction.write(row, 0, row.length, 1));
            transaction.finish();
            transaction.commit();
        }
        sink.publish(new PublishStep(plan.step(), List.of(plan), List.of(), SubtaskSet.EMPTY.plus(subtask)));
    }

    /** The bytes of each field, by row and column. */
    private static Map<String, String> rows(TableDescription table, List<byte[]> rows) {
        Map<String, String> fields = new TreeMap<>();
        TupleFields tuple = new TupleFields(table.columns().size());
        for (byte[] row : rows) {
            tuple.of(row, 0, row.length);
            String id = HexFormat.of().formatHex(tuple.copy(0));
            for (int i = 0; i < tuple.columns(); i++) {
                fields.put(
                        id + " " + table.columns().get(i).name(),
                        tuple.isNull(i) ? "NULL" : HexFormat.of().formatHex(tuple.copy(i)));
            }
        }
        return fields;
    }

    private static byte[] copy(byte[] bytes, int offset, int length) {
        return java.util.Arrays.copyOfRange(bytes, offset, offset + length);
    }
}
