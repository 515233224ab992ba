package io.godwit.platform.jobfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.core.job.Connection;
import io.godwit.core.job.Consistency;
import io.godwit.core.job.CreateMode;
import io.godwit.core.job.DriftPolicy;
import io.godwit.core.job.Job;
import io.godwit.core.job.Migrate;
import io.godwit.core.job.Migrate.ColumnMapping;
import io.godwit.core.job.Migrate.TableSelection;
import io.godwit.core.job.WriteMode;
import io.godwit.platform.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JobFileExamplesTest {
    static final Path EXAMPLES = Path.of("../../schemas/job/examples");

    static Stream<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void examplesAreRightAndSurviveTheCatalog(Path example) throws IOException {
        JobDocuments documents = parse(example);
        assertThat(documents.jobs()).isNotEmpty();
        for (Job job : documents.jobs()) {
            assertThat(Json.mapper().readValue(Json.text(job), Job.class)).isEqualTo(job);
        }
        for (Connection connection : documents.connections()) {
            assertThat(Json.mapper().readValue(Json.text(connection), Connection.class))
                    .isEqualTo(connection);
        }
    }

    @Test
    void everyKeyArrives() throws IOException {
        JobDocuments documents = parse(EXAMPLES.resolve("every-key.yaml"));
        assertThat(documents.connections().get(0))
                .isEqualTo(new Connection(
                        "shop_eu",
                        "postgresql",
                        "10.0.0.7",
                        5433,
                        "shop",
                        "reader",
                        "file:/run/secrets/shop",
                        Map.of("sslmode", "require", "connectTimeout", "10"),
                        new Connection.Limits(4, 2, 50_000L, 20L << 20),
                        List.of("default", "eu")));
        Job job = documents.jobs().get(0);
        assertThat(job.schedule()).isEqualTo(new Job.Schedule("0 2 * * *", "Europe/Berlin"));
        assertThat(job.parameters())
                .isEqualTo(Map.of("region", "eu", "day", "${planTime-1d:yyyyMMdd}", "factor", "1.5"));
        assertThat(job.identity()).isEqualTo("etl");
        assertThat(job.after()).containsExactly("shop-nightly", "orders-hourly");
        assertThat(job.concurrency()).isEqualTo(8);
        assertThat(job.steps())
                .extracting(Job.Step::needs)
                .containsExactly(null, List.of(), List.of("customers", "totals"));
        assertThat(job.steps().get(0).migrate())
                .isEqualTo(new Migrate(
                        List.of(new Migrate.From(
                                "shop_eu",
                                List.of("shop", "shop_*"),
                                List.of(
                                        new TableSelection("public.*", null, null, null, null, null),
                                        new TableSelection(
                                                "public.customers",
                                                "archive.customers_${day}",
                                                "region = '${region}'",
                                                List.of(
                                                        new ColumnMapping("*", null, null, null),
                                                        new ColumnMapping(null, "shard", null, "${source.database}")),
                                                List.of("shard", "id"),
                                                WriteMode.UPSERT,
                                                "not deleted"),
                                        new TableSelection("/public\\.orders_[0-9]+/", null, null, null, null, null)),
                                List.of("public.tmp_?"),
                                "id > 0",
                                null,
                                Consistency.RUN)),
                        new Migrate.To(
                                "lake",
                                "{connection}_{database}.{schema}_{table}",
                                WriteMode.OVERWRITE,
                                List.of("id"),
                                CreateMode.NEVER),
                        List.of(
                                new ColumnMapping("*", null, null, null),
                                new ColumnMapping("total", "amount", "numeric(18,2)", null),
                                new ColumnMapping(null, "loaded_at", null, "${planTime}"),
                                new ColumnMapping(null, "factor", null, "2"),
                                new ColumnMapping("email", "email_hash", null, null, "hash(\"email\", 'sha256')"),
                                new ColumnMapping(
                                        "phone",
                                        null,
                                        null,
                                        null,
                                        "cast(replace(mask(trim(\"phone\"), 4), '-', 'it''s') as varchar(20))"),
                                new ColumnMapping(
                                        null,
                                        "full_name",
                                        "varchar(80)",
                                        null,
                                        "upper(trim(first_name)) || ' ' || last_name")),
                        Map.of("timestamptz", "timestamp", "numeric(18,2)", "text"),
                        DriftPolicy.ADD_COLUMN,
                        new Migrate.Quarantine(100L, 0.1),
                        Migrate.Validation.DEEP,
                        List.of("set work_mem = '64MB'"),
                        List.of("analyze", "select count(*) from archive.log where day = '${day}'"),
                        64L << 20,
                        "amount > 0 and country = '${region}'"));
        assertThat(job.steps().get(1).migrate().from().get(0).incremental()).isEqualTo(new Migrate.Incremental("id"));
        assertThat(job.steps().get(1).migrate().splitSize()).isEqualTo(1L << 20);
        assertThat(job.steps().get(1).migrate().targets())
                .containsExactly(
                        new Migrate.To("lake", "public.totals", WriteMode.APPEND, List.of(), CreateMode.RECREATE),
                        new Migrate.To(
                                "lake", "archive.totals", WriteMode.UPSERT, List.of("id"), CreateMode.IF_MISSING));
    }

    @Test
    void jsonIsReadAsYamlIs() {
        JobDocuments documents = JobFiles.parse("jobs.json", """
                [
                \t{ "kind": "Connection", "name": "shop", "type": "postgresql", "host": "localhost", "database": "\\ud83e\\udda4" },
                \t{ "kind": "Job", "name": "copy", "steps": [ { "name": "copy", "migrate": {
                \t\t"from": { "connection": "shop", "tables": ["*"] }, "to": { "connection": "shop", "table": "b.{table}" } } } ] }
                ]
                """);
        assertThat(documents.connections()).extracting(Connection::database).containsExactly("\ud83e\udda4");
        assertThat(documents.jobs()).extracting(Job::name).containsExactly("copy");
    }

    @Test
    void birdsMayLieAnywhere() {
        for (int padding = 900; padding < 1050; padding++) {
            String text = "# " + "x".repeat(padding) + """
                    \nkind: Connection
                    name: shop
                    type: postgresql
                    host: localhost
                    database: "\ud83e\udda4\ud83e\udda4"
                    """;
            assertThat(JobFiles.parse("f", text).connections().get(0).database())
                    .isEqualTo("\ud83e\udda4\ud83e\udda4");
        }
    }

    @Test
    void anchorsAreUsedAgain() {
        JobDocuments documents = JobFiles.parse("jobs.yaml", """
                kind: Job
                name: copy
                steps:
                  - name: a
                    migrate: { from: &shop { connection: shop, tables: [a.*] }, to: &to { connection: lake, table: "{table}" } }
                  - name: b
                    migrate: { from: *shop, to: *to }
                """);
        assertThat(documents.jobs().get(0).steps())
                .extracting(Job.Step::migrate)
                .hasSize(2)
                .allMatch(documents.jobs().get(0).steps().get(0).migrate()::equals);
    }

    @Test
    void contentIdsIgnoreHowADocumentIsWritten() {
        String plain = """
                kind: Job
                name: copy
                parameters: { b: 1, a: 2 }
                steps:
                  - name: copy
                    migrate:
                      from: { connection: shop, tables: [public.a] }
                      to: { connection: lake, table: "{table}" }
                """;
        String verbose = """
                # the same
                steps:
                - migrate:
                    to: { table: "{table}", connection: lake, mode: append, create: if-missing }
                    from:
                    - { connection: "shop", tables: [ { pattern: public.a } ], consistency: subtask }
                    drift: fail
                  name: copy
                parameters: { a: "2", b: "1" }
                name: copy
                kind: Job
                """;
        assertThat(id(verbose)).isEqualTo(id(plain));
        assertThat(id(plain).value()).hasSize(64);
        assertThat(id(plain.replace("public.a", "public.b"))).isNotEqualTo(id(plain));
    }

    private static ContentId id(String text) {
        return ContentId.of(JobFiles.parse("job.yaml", text).jobs().get(0));
    }

    private static JobDocuments parse(Path example) throws IOException {
        return JobFiles.parse(example.getFileName().toString(), Files.readString(example));
    }
}
