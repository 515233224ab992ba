package io.godwit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.e2e.harness.GodwitProcess;
import io.godwit.e2e.harness.GodwitProcess.Result;
import io.godwit.e2e.harness.RunningSystem;
import io.godwit.e2e.harness.Servers;
import io.godwit.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong with the input: a code, a place, a remedy, exit code 2, and nothing changed on either side. */
@SuppressWarnings("StringConcatToTextBlock") // a job in a line or two, beside what is wrong with it
class BadInputIT {
    private static final String CANARY = "canary-7f3a-password";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path home;

    @SuppressWarnings("NullAway.Init")
    private static Servers servers;

    @SuppressWarnings("NullAway.Init")
    private static RunningSystem system;

    @BeforeAll
    static void start() throws Exception {
        servers = new Servers();
        Servers.create(servers.left(), "source", """
                create table public.orders (id integer primary key, total numeric(12,2), note text);
                create table public.texts (id integer primary key, n text);
                insert into public.orders values (1, 1.00, 'x');""");
        Servers.create(servers.right(), "target", """
                create table public.strict (id integer primary key, must integer not null);
                create table public.numbers (id integer primary key, n integer);
                create table public.there (id integer primary key);""");
        system = RunningSystem.up(home);
    }

    @AfterAll
    static void stop() {
        system.close();
        servers.close();
    }

    /** One bad file: what of it is wrong, the code expected, and words that the message must have. */
    record Bad(String what, String file, String code, List<String> words) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static String job(String migrate) {
        return "kind: Job\nname: bad\nsteps:\n  - name: copy\n    migrate:\n" + migrate.indent(6);
    }

    private static String from(String tables, String to) {
        return job("from: { connection: source, tables: [" + tables + "] }\nto: { connection: target, " + to + " }\n");
    }

    static Stream<Bad> files() {
        return Stream.of(
                new Bad("malformed YAML", "kind: Job\nname: [", "JOB_FILE_MALFORMED", List.of("bad.yaml:")),
                new Bad(
                        "unknown key",
                        from("public.orders", "table: public.x") + "scedule: { cron: \"0 2 * * *\" }\n",
                        "JOB_FILE_INVALID",
                        List.of("scedule", "schedule")),
                new Bad(
                        "unknown connection",
                        job("from: { connection: sourse, tables: [public.orders] }\n"
                                + "to: { connection: target, table: public.x }\n"),
                        "CONNECTION_UNKNOWN",
                        List.of("sourse", "source")),
                new Bad(
                        "missing table",
                        from("public.orderz", "table: public.x"),
                        "NO_TABLE_MATCHES",
                        List.of("orderz")),
                new Bad(
                        "no matching table",
                        from("'nothing.*'", "table: public.x"),
                        "NO_TABLE_MATCHES",
                        List.of("nothing")),
                new Bad(
                        "incompatible type",
                        from("public.texts", "table: public.numbers"),
                        "TYPE_INCOMPATIBLE",
                        List.of("n")),
                new Bad(
                        "expression on a column that is not there",
                        from("public.orders", "table: public.x")
                                + "      columns: [{ to: loud, expression: upper(noet) }]\n",
                        "SOURCE_COLUMN_NOT_FOUND",
                        List.of("public.orders", "character 7", "noet", "Did you mean note?")),
                new Bad(
                        "target column missing",
                        from("public.orders", "table: public.there"),
                        "TARGET_COLUMN_NOT_FOUND",
                        List.of("total")),
                new Bad(
                        "NOT NULL without value",
                        job("from: { connection: source, tables: [public.orders] }\n"
                                + "to: { connection: target, table: public.strict }\n"
                                + "columns:\n  - { from: id }\n"),
                        "TARGET_COLUMN_WITHOUT_VALUE",
                        List.of("must")),
                new Bad(
                        "duplicate target",
                        job(
                                "from: { connection: source, tables: [{ pattern: public.orders, to: public.texts }, public.texts] }\n"
                                        + "to: { connection: target, table: \"public.{table}\" }\n"),
                        "TARGET_DUPLICATE",
                        List.of("public.texts")),
                new Bad(
                        "self-copy",
                        job("from: { connection: source, tables: [public.orders] }\n"
                                + "to: { connection: source, table: public.orders }\n"),
                        "SELF_COPY",
                        List.of("orders")),
                new Bad(
                        "no such target, and not to be made",
                        from("public.orders", "table: public.x, create: never"),
                        "TARGET_TABLE_NOT_FOUND",
                        List.of("public.x")),
                new Bad(
                        "unknown parameter",
                        job("from: { connection: source, tables: [public.orders], where: \"note = '${regoin}'\" }\n"
                                + "to: { connection: target, table: public.x }\n"),
                        "PARAMETER_INVALID",
                        List.of("regoin")));
    }

    @ParameterizedTest
    @MethodSource("files")
    void isRefusedWithCodePlaceAndRemedy(Bad bad) throws Exception {
        List<String> before = inventory();
        Path file = home.resolve("bad.yaml");
        boolean whole = bad.code().equals("JOB_FILE_MALFORMED");
        String connections = servers.document("source", "source") + servers.document("target", "target");
        Files.writeString(file, whole ? bad.file() : connections + bad.file());

        for (String command : new String[] {"plan", "run"}) {
            Result result = GodwitProcess.run(home, command, file.toString());

            assertThat(result.exitCode()).as(result.toString()).isEqualTo(2);
            assertThat(result.err()).contains(bad.code()).contains(bad.words());
        }
        assertThat(inventory()).isEqualTo(before);
    }

    @Test
    void anUnreachableHostIsNamed() throws Exception {
        Result result = plan(servers.document("source", "source").replaceFirst("port: \\d+", "port: 1"));

        assertThat(result.exitCode()).as(result.toString()).isEqualTo(2);
        assertThat(result.err())
                .contains("SOURCE_UNREACHABLE")
                .contains("127.0.0.1")
                .contains("source");
    }

    @Test
    void aWrongPasswordIsRefusedAndNeverEchoed() throws Exception {
        Path secret = Files.writeString(home.resolve("secret"), CANARY);
        try (EmbeddedPostgres strict =
                EmbeddedPostgres.builder().directory(home.resolve("strict")).start()) {
            Result result = plan(servers.document("source", "postgres")
                    .replaceFirst("port: .*", "port: " + strict.port())
                    .replaceFirst("secret: .*", "secret: file:" + secret));

            assertThat(result.exitCode()).as(result.toString()).isEqualTo(2);
            assertThat(result.err()).contains("SOURCE_LOGIN_REFUSED").contains("connection source");
            assertThat(result.toString()).doesNotContain(CANARY);
            assertThat(Files.readString(home.resolve("godwit.log"))).doesNotContain(CANARY);
        }
    }

    @Test
    void anOptionThatHasTheDriverWriteAFileIsRefused() throws Exception {
        Path written = home.resolve("driver.log");

        Result result = plan(servers.document("source", "source")
                .replaceFirst("port: (\\d+)", "port: $1\noptions: { loggerFile: " + written + " }"));

        assertThat(result.exitCode()).as(result.toString()).isEqualTo(2);
        assertThat(result.err()).contains("CONNECTION_OPTION_REFUSED").contains("loggerFile");
        assertThat(written).doesNotExist();
    }

    @Test
    void anUnknownWordOfTheCommandIsRefused() {
        Result result = GodwitProcess.run(home, "rnu", "x.yaml");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("COMMAND_LINE_INVALID").contains("rnu");
    }

    @Test
    void aMissingFileIsNamed() {
        Result result = GodwitProcess.run(home, "run", "no-such-file.yaml");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("no-such-file.yaml");
    }

    private static Result plan(String source) throws Exception {
        Path file = home.resolve("connection.yaml");
        Files.writeString(
                file, source + servers.document("target", "target") + from("public.orders", "table: public.x"));
        return GodwitProcess.run(home, "plan", file.toString());
    }

    /** Everything that stands in the databases. */
    private static List<String> inventory() throws Exception {
        String everything = """
                select nspname || '.' || relname || ' ' || relkind::text as what from pg_class join pg_namespace n on n.oid = relnamespace
                where nspname not like 'pg\\_%' and nspname <> 'information_schema'""";
        List<String> all = new java.util.ArrayList<>(Servers.rows(servers.left(), "source", everything));
        all.addAll(Servers.rows(servers.right(), "target", everything));
        return all;
    }
}
