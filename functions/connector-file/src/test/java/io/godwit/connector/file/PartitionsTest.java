package io.godwit.connector.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.connector.MalformedRow;
import io.godwit.connector.Means;
import io.godwit.connector.Sink;
import io.godwit.connector.Source;
import io.godwit.connector.Source.ReadRequest;
import io.godwit.connector.file.format.FieldTexts;
import io.godwit.connector.file.format.FileColumn;
import io.godwit.connector.file.store.FileStore;
import io.godwit.connector.file.store.Paths;
import io.godwit.connector.file.store.StoredFile;
import io.godwit.connector.file.store.UnfitFilesException;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.ledger.LedgerRow;
import io.godwit.core.ledger.SubtaskSet;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.Origin.SourceColumn;
import io.godwit.core.plan.Split;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.SinkQuestions.PrepareStep;
import io.godwit.core.question.SinkQuestions.PublishStep;
import io.godwit.core.row.TupleFields;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import io.godwit.core.table.Column;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns that are folders: no value leads out of its folder, and all come back. */
class PartitionsTest {
    private static final List<String> HOSTILE = List.of(
            "",
            "..",
            ".",
            "../../etc",
            "a/b",
            "a\\b",
            "a=b",
            "100%",
            "%2F",
            "_x",
            ".hidden",
            "__HIVE_DEFAULT_PARTITION__",
            "new\nline",
            "ünï 🐦",
            "it's \"quoted\"",
            "*?:|<>",
            "trailing ");

    @Test
    void everyTextIsAFolderOfItsOwnAndComesBack() throws IOException {
        List<String> folders = new ArrayList<>();
        for (String text : HOSTILE) {
            String folder = Partitions.folder("c=/..", text);
            folders.add(Paths.check(folder));
            assertThat(folder).doesNotContain("/");
            assertThat(Partitions.of(folder + "/file")).isEqualTo(Map.of("c=/..", text));
        }
        assertThat(folders).doesNotHaveDuplicates();
        assertThat(Partitions.of(Partitions.folder("c", null) + "/file")).containsEntry("c", null);
        assertThat(catchThrowableOfType(UnfitFilesException.class, () -> Partitions.folder("c", "x".repeat(300))))
                .hasMessageContaining("column c")
                .hasMessageNotContaining("xxx");
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "jsonl", "parquet"})
    void partitionedTableIsReadBackByUsAndByOthers(String format) throws SQLException {
        Folder folder = new Folder(Map.of("format", format, "partition", "country,day"));
        List<List<@Nullable String>> rows = new ArrayList<>();
        HOSTILE.forEach(text -> rows.add(List.of(String.valueOf(rows.size()), text, "2026-01-31")));
        rows.add(Arrays.asList("100", null, null));
        rows.add(Arrays.asList("101", "DE", "0044-03-15 BC"));

        write(folder, "id int4,country text,day date", rows);

        assertThat(rows(folder)).containsExactlyInAnyOrderElementsOf(rows);
        assertThat(folder.files()).filteredOn(file -> !folder.isListed(file)).isEmpty();
        assertThat(folder.files()).anyMatch(file -> file.startsWith("t/country=DE/day=0044-03-15 BC/"));
        if (format.equals("parquet")) {
            String files = folder.path().resolve("t") + "/**/*.parquet";
            assertThat(duckRows("select id::varchar, country from read_parquet('" + files
                            + "', hive_partitioning = true, hive_types_autocast = false) where id <> 100"))
                    .containsExactlyInAnyOrderElementsOf(rows.stream()
                            .filter(row -> row.get(1) != null)
                            .map(row -> row.subList(0, 2))
                            .toList());
        }
    }

    /** By itself it would have lost its partition: of it nothing is kept but its place. */
    @Test
    void rowsAroundAMalformedOneOfAPartitionAreRead() {
        Folder folder = new Folder(Map.of("format", "csv"));
        folder.write("t/country=DE/a.csv", "id\n1\n2,b\n3\n");
        folder.write("t/country=FR/a.csv", "id\nfour\n5\n");
        folder.write("t/_schema.json", """
                {"version": 1, "columns": [{"name": "id", "type": "int4"}, {"name": "country", "type": "text"}]}""");

        MixedRows mixed = MixedRows.of(folder, "t", 1 << 20);

        assertThat(mixed.rows()).containsExactly(List.of("1", "DE"), List.of("3", "DE"), List.of("5", "FR"));
        assertThat(mixed.malformed())
                .extracting(MalformedRow::place)
                .containsExactly("t/country=DE/a.csv, line 3", "t/country=FR/a.csv, line 2");
        assertThat(mixed.malformed()).noneMatch(MalformedRow::isWhole);
    }

    @Test
    void partitionsThatDifferInCaseAloneHaveFilesOfTheirOwnWhereCaseDoesNotCount() {
        FileConnector caseless = new FileConnector() {
            @Override
            protected FileStore store(io.godwit.core.job.Connection connection, Means means) {
                return caseless(super.store(connection, means));
            }
        };
        Folder folder = new Folder(caseless, new Folder(Map.of("format", "csv", "partition", "country")).connection());
        List<List<@Nullable String>> rows = List.of(List.of("1", "DE"), List.of("2", "de"), List.of("3", "De"));

        write(folder, "id int4,country text", rows);

        assertThat(rows(folder)).containsExactlyInAnyOrderElementsOf(rows);
    }

    /** As a disk of macOS or Windows: names are found whatever their case. */
    private static FileStore caseless(FileStore store) {
        return (FileStore) Proxy.newProxyInstance(
                FileStore.class.getClassLoader(), new Class<?>[] {FileStore.class}, (proxy, method, arguments) -> {
                    Object[] lower = arguments == null
                            ? new Object[0]
                            : Arrays.stream(arguments)
                                    .map(each -> each instanceof String path ? path.toLowerCase(Locale.ROOT) : each)
                                    .toArray();
                    try {
                        Object answer = method.invoke(store, lower);
                        return answer instanceof Optional<?> found
                                ? found.map(file -> renamed((StoredFile) file, (String) arguments[0]))
                                : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static StoredFile renamed(StoredFile file, String path) {
        return new StoredFile(path, file.bytes(), file.version());
    }

    @Test
    void othersFoldersAreColumnsWithTheirTypes() throws SQLException {
        Folder folder = new Folder(Map.of("format", "parquet"));
        duck(
                "copy (select i as id, i % 3 as part, case when i % 2 = 0 then 'a/b' else '__HIVE_DEFAULT_PARTITION__' end as kind from range(6) r(i)) to '"
                        + folder.path().resolve("t") + "' (format parquet, partition_by (part, kind))");

        assertThat(folder.source()
                        .describe(List.of(folder.tableName("t")))
                        .get(0)
                        .columns())
                .extracting(column -> column.name() + " " + column.type().notation())
                .containsExactly("id int8", "part int8", "kind text");
        assertThat(rows(folder))
                .containsExactlyInAnyOrder(
                        List.of("0", "0", "a/b"),
                        Arrays.asList("1", "1", null),
                        List.of("2", "2", "a/b"),
                        Arrays.asList("3", "0", null),
                        List.of("4", "1", "a/b"),
                        Arrays.asList("5", "2", null));
    }

    @Test
    void tooManyPartitionsAtOnceAreRefusedAndNothingIsLeft() {
        Folder folder = new Folder(Map.of("partition", "id"));
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (int i = 0; i < 65; i++) {
            rows.add(List.of(String.valueOf(i), "x"));
        }

        GodwitException refused = refused(() -> write(folder, "id int4,t text", rows));

        assertThat(refused.code()).isEqualTo(ErrorCode.SINK_REFUSED);
        assertThat(refused).hasMessageContaining("more than 64 partitions");
        assertThat(folder.files()).containsExactly("t/_manifest.json");
    }

    @Test
    void partitionsMustBeColumnsAndLeaveSome() {
        Folder all = new Folder(Map.of("partition", "id,t"));
        Folder none = new Folder(Map.of("partition", "nope"));
        List<List<@Nullable String>> rows = List.of(List.of("1", "x"));

        assertThat(refused(() -> write(all, "id int4,t text", rows))).hasMessageContaining("none is left");
        assertThat(refused(() -> write(none, "id int4,t text", rows))).hasMessageContaining("column nope");
    }

    @Test
    void appendingWithOtherPartitionsIsRefused() {
        Folder by = new Folder(Map.of("partition", "id"));
        write(by, "id int4,t text", List.of(List.of("1", "x")));
        Folder plain = new Folder(
                by.connector(),
                new io.godwit.core.job.Connection(
                        "files",
                        "file",
                        null,
                        null,
                        by.path().toString(),
                        null,
                        null,
                        Map.of(),
                        io.godwit.core.job.Connection.Limits.NONE,
                        List.of()));

        assertThat(refused(() -> write(plain, "id int4,t text", List.of(List.of("2", "y"))))
                        .code())
                .isEqualTo(ErrorCode.TYPE_INCOMPATIBLE);
    }

    private static GodwitException refused(ThrowingCallable writing) {
        return catchThrowableOfType(GodwitException.class, writing);
    }

    private static void write(Folder folder, String columns, List<List<@Nullable String>> rows) {
        TablePlan plan = plan(folder, ParquetFile.columns(columns));
        SubtaskId subtask = SubtaskId.of(plan.step(), 0, 0);
        try (Sink sink = folder.sink()) {
            sink.prepare(new PrepareStep(plan.step(), List.of(plan), List.of()));
            try (Sink.Transaction transaction = sink.begin(plan, Duration.ofMinutes(1))) {
                transaction.lockRun();
                transaction.claim(new LedgerRow(subtask, AttemptId.fresh(), Tally.ZERO, Tally.ZERO));
                for (List<@Nullable String> row : rows) {
                    byte[] tuple =
                            ParquetFile.tuple(ParquetFile.columns(columns), row).toByteArray();
                    transaction.write(tuple, 0, tuple.length, 1);
                }
                transaction.finish();
                transaction.commit();
            }
            List<List<@Nullable String>> scanned = new ArrayList<>();
            FieldTexts texts = new FieldTexts(ParquetFile.columns(columns));
            TupleFields fields = new TupleFields(plan.columns().size());
            sink.scan(plan, null, (bytes, offset, length) -> {
                fields.of(bytes, offset, offset + length);
                scanned.add(texts.of(fields));
            });
            assertThat(scanned).containsExactlyInAnyOrderElementsOf(rows);
            sink.publish(new PublishStep(plan.step(), List.of(plan), List.of(), SubtaskSet.EMPTY.plus(subtask)));
        }
    }

    private static TablePlan plan(Folder folder, List<FileColumn> columns) {
        TableName name = new TableName(null, null, "t");
        List<Column> described = columns.stream().map(FileCatalog::column).toList();
        TableDescription source = new TableDescription(
                name, "table", described, null, List.of(), List.of(), List.of(), List.of(), List.of(), null, -1, -1);
        RunId run = RunId.of(
                "partitions-" + Path.of(folder.connection().database()).getFileName() + "-"
                        + Integer.toHexString(folder.connection().options().hashCode()),
                Instant.EPOCH);
        return TablePlan.builder(StepId.of(run, "copy"), 0)
                .source(folder.connection(), source)
                .sink(folder.connection(), name)
                .columns(columns.stream()
                        .map(column -> new ColumnPlan(
                                column.name(),
                                new SourceColumn(column.name(), column.type()),
                                column.type(),
                                column.type().notation()))
                        .toList())
                .maxRowBytes(1 << 20)
                .build();
    }

    private static List<List<@Nullable String>> rows(Folder folder) {
        Source source = folder.source();
        TableDescription table = source.describe(List.of(folder.tableName("t"))).get(0);
        FieldTexts texts = new FieldTexts(table.columns().stream()
                .map(column -> new FileColumn(column.name(), column.type()))
                .toList());
        TupleFields fields = new TupleFields(table.columns().size());
        List<List<@Nullable String>> rows = new ArrayList<>();
        source.read(
                new ReadRequest(table, table.columns(), null, new Split.Whole(null), null, 1 << 20, null),
                (bytes, offset, length) -> {
                    fields.of(bytes, offset, offset + length);
                    rows.add(texts.of(fields));
                });
        return rows;
    }

    private static void duck(String sql) throws SQLException {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<List<String>> duckRows(String sql) throws SQLException {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<List<String>> all = new ArrayList<>();
            while (rows.next()) {
                all.add(List.of(rows.getString(1), rows.getString(2)));
            }
            return all;
        }
    }
}
