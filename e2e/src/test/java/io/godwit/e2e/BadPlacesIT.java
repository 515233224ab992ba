package io.godwit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.connector.file.s3.S3Server;
import io.godwit.e2e.harness.GodwitProcess;
import io.godwit.e2e.harness.GodwitProcess.Result;
import io.godwit.e2e.harness.MariaDb;
import io.godwit.e2e.harness.RunningSystem;
import io.godwit.e2e.harness.Servers;
import java.io.IOException;
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

/** What {@link BadInputIT} shows of PostgreSQL, of the other connectors: a code, a place, a remedy, exit code 2. */
class BadPlacesIT {
    private static final String HOST_KEY = "SHA256:0123456789012345678901234567890123456789012";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path home;

    @SuppressWarnings("NullAway.Init")
    private static Servers servers;

    @SuppressWarnings("NullAway.Init")
    private static RunningSystem system;

    @SuppressWarnings("NullAway.Init")
    private static String bucket;

    @BeforeAll
    static void start() throws Exception {
        servers = new Servers();
        Servers.create(servers.left(), "source", """
                create table public.orders (id integer primary key, total numeric(12,2));
                insert into public.orders values (1, 1.00);""");
        MariaDb.create(servers.mariaDb(), "shop", "create table orders (id int primary key, n int)");
        bucket = S3Server.create();
        write("good/orders.csv", "id,total\n1,1.00\n");
        write("twice/orders.csv", "id\n1\n");
        write("twice/orders.csv.gz", "");
        write("late/orders_schema.json", "{\"version\": 1, \"columns\": [{\"name\": \"id\", \"type\": \"int8\"}]}");
        write("late/orders.csv", "id\n" + "1\n".repeat(2000) + "one\n");
        write("taken/orders/mine.csv", "id\n1\n");
        system = RunningSystem.up(home);
    }

    @AfterAll
    static void stop() {
        system.close();
        servers.close();
    }

    private static void write(String name, String content) throws IOException {
        Path file = home.resolve("files").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private record Bad(String what, String bad, String migrate, String code, List<String> words) {
        @Override
        public String toString() {
            return what;
        }
    }

    /** The connection {@code bad}, read from. */
    private static Bad source(String what, String connection, String code, String... words) {
        return new Bad(
                what,
                connection,
                "from: { connection: bad, tables: [\"*\"] }\nto: { connection: target, table: \"t_{table}\" }\n",
                code,
                List.of(words));
    }

    private static String file(String folder, String options) {
        return connection("file", "database: " + home.resolve("files/" + folder), options);
    }

    private static String connection(String type, String rest, String options) {
        return "kind: Connection\nname: bad\ntype: " + type + "\n" + rest + "\noptions: { " + options + " }\n---\n";
    }

    private static String s3(String database, String secret) {
        return connection(
                "s3",
                "host: 127.0.0.1\nport: " + S3Server.port() + "\ndatabase: " + database + "\nuser: " + S3Server.USER
                        + "\nsecret: env:" + secret,
                "sslMode: disable");
    }

    private static String mariaDb(String more) {
        return servers.mariaDbDocument("bad", "shop").replace("---\n", more + "---\n");
    }

    static Stream<Bad> places() {
        String files = "from: { connection: source, tables: [public.orders] }\nto: { connection: bad, table: orders";
        return Stream.of(
                source("folder that is not there", file("none", ""), "SOURCE_LOGIN_REFUSED", "none", "database"),
                source("unknown format", file("good", "format: xlsx"), "CONNECTION_OPTION_REFUSED", "format"),
                source("unknown option", file("good", "delimeter: tab"), "CONNECTION_OPTION_REFUSED", "delimeter"),
                source("two files that are one table", file("twice", ""), "SOURCE_REFUSED", "orders.csv.gz"),
                new Bad(
                        "file that is not there",
                        file("good", ""),
                        "from: { connection: bad, tables: [ordres] }\nto: { connection: target, table: t }\n",
                        "NO_TABLE_MATCHES",
                        List.of("ordres")),
                new Bad(
                        "condition on files",
                        file("good", ""),
                        "from: { connection: bad, tables: [orders], where: id > 1 }\nto: { connection: target, table: t }\n",
                        "NOT_SUPPORTED",
                        List.of("filter")),
                new Bad(
                        "keys in files",
                        file("good", ""),
                        files + ", mode: upsert }\n",
                        "NOT_SUPPORTED",
                        List.of("append")),
                new Bad(
                        "folder with others' files",
                        file("taken", ""),
                        files + " }\n",
                        "NOT_SUPPORTED",
                        List.of("did not write")),
                source(
                        "bucket that is not there",
                        s3("no-such-bucket", "GODWIT_TEST_PASSWORD"),
                        "SOURCE_LOGIN_REFUSED",
                        "no-such-bucket"),
                source("wrong key of a bucket", s3(bucket, "HOME"), "SOURCE_LOGIN_REFUSED", "bad"),
                source(
                        "path in place of a bucket",
                        s3("../etc", "GODWIT_TEST_PASSWORD"),
                        "CONNECTION_OPTION_REFUSED",
                        "bucket"),
                source(
                        "server of files without its key",
                        connection("sftp", "host: 127.0.0.1\nport: 1\ndatabase: /in\nuser: u\nsecret: env:HOME", ""),
                        "CONNECTION_OPTION_REFUSED",
                        "hostKey",
                        "ssh-keyscan"),
                source(
                        "server of files that is not there",
                        connection(
                                "sftp",
                                "host: 127.0.0.1\nport: 1\ndatabase: /in\nuser: u\nsecret: env:HOME",
                                "hostKey: \"" + HOST_KEY + "\""),
                        "SOURCE_UNREACHABLE",
                        "127.0.0.1"),
                source(
                        "wrong password of MariaDB",
                        mariaDb("").replaceFirst("secret: .*", "secret: env:HOME"),
                        "SOURCE_LOGIN_REFUSED",
                        "bad"),
                source(
                        "MariaDB that is not there",
                        mariaDb("").replaceFirst("port: .*", "port: 1"),
                        "SOURCE_UNREACHABLE",
                        "127.0.0.1"),
                source(
                        "option that has the driver read a file",
                        mariaDb("options: { allowLocalInfile: \"true\" }\n"),
                        "CONNECTION_OPTION_REFUSED",
                        "allowLocalInfile"));
    }

    @ParameterizedTest
    @MethodSource("places")
    void isRefusedWithCodePlaceAndRemedy(Bad bad) throws Exception {
        Result planned = GodwitProcess.run(home, "plan", job(bad.bad(), bad.migrate()));

        // A source that answers with a refusal is no error in the file.
        assertThat(planned.exitCode())
                .as(planned.toString())
                .isEqualTo(bad.code().equals("SOURCE_REFUSED") ? 1 : 2);
        assertThat(planned.err()).contains(bad.code()).contains(bad.words());
        if (bad.code().equals("NOT_SUPPORTED")) {
            Result run = GodwitProcess.run(home, "run", job(bad.bad(), bad.migrate()));

            assertThat(run.exitCode()).as(run.toString()).isPositive();
            assertThat(run.err()).contains(bad.code()).contains(bad.words());
        }
        assertThat(Servers.rows(
                        servers.right(),
                        "postgres",
                        "select 1 from information_schema.tables where table_schema = 'public'"))
                .isEmpty();
        assertThat(home.resolve("files/taken/.godwit")).doesNotExist();
    }

    @Test
    void rowThatDoesNotFitFailsTheRunWithFileAndLine() throws Exception {
        Servers.create(servers.right(), "late", "");
        Result result = GodwitProcess.run(
                home,
                "run",
                job(
                        file("late", ""),
                        "from: { connection: bad, tables: [orders] }\nto: { connection: target, table: public.orders }\n",
                        "late"));

        assertThat(result.exitCode()).as(result.toString()).isEqualTo(1);
        assertThat(result.toString()).contains("ROW_NOT_CONVERTIBLE").contains("orders.csv, line 2002");
    }

    private static String job(String bad, String migrate) throws IOException {
        return job(bad, migrate, "postgres");
    }

    private static String job(String bad, String migrate, String target) throws IOException {
        String text = bad + servers.document("source", "source") + servers.document("target", target)
                + "kind: Job\nname: bad\nsteps:\n  - name: copy\n    migrate:\n" + migrate.indent(6);
        return Files.writeString(home.resolve("bad.yaml"), text).toString();
    }
}
