package io.godwit.e2e.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.connector.file.s3.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Where a run under fault writes, and what is there, seen without Godwit. */
public interface FaultTarget {

    /** An empty one. */
    void create() throws Exception;

    /** Its document in the job file: connection {@code target}. */
    String document();

    /** The template of the target's tables. */
    default String table() {
        return "{table}";
    }

    /** Kills its server with -9 and starts it again, where it has one. */
    default void kill() {}

    /** What is asked of the source, whose rows {@link #rows} must be. */
    default String expected(String table, List<String> columns) {
        return "select concat_ws('|', " + String.join(", ", columns) + ") from public." + table;
    }

    /**
     * What a table holds.
     *
     * @param columns of whose values each row is the text, joined with {@code |}
     */
    List<String> rows(String table, List<String> columns) throws Exception;

    /** Tables hold what the ledger says, or nothing where rows show all at once. */
    void isWhatTheLedgerSays() throws Exception;

    /** Nothing lies about that belongs to a step under way. */
    default void isCleared() throws Exception {}

    static FaultTarget postgresql(Servers servers) {
        return new FaultTarget() {
            @Override
            public void create() throws Exception {
                Servers.create(servers.of("target"), "target", "");
            }

            @Override
            public String document() {
                return servers.document("target", "target");
            }

            @Override
            public String table() {
                return "public.{table}";
            }

            /** All columns: they look alike on both sides. */
            @Override
            public String expected(String table, List<String> columns) {
                return "select * from public." + table;
            }

            @Override
            public void kill() {
                servers.of("target").kill();
                servers.of("target").start();
            }

            @Override
            public List<String> rows(String table, List<String> columns) throws Exception {
                return Servers.rows(servers.of("target"), "target", expected(table, columns));
            }

            /** Asked at one moment, because writers may still end. */
            @Override
            public void isWhatTheLedgerSays() throws Exception {
                assertThat(Servers.rows(
                                servers.of("target"),
                                "target",
                                "select (select count(*) from orders) + (select count(*) from lines) + (select count(*) from texts)"
                                        + " - (select coalesce(sum(rows), 0) from godwit.ledger)"))
                        .containsExactly("(0)");
            }
        };
    }

    static FaultTarget mariaDb(Servers servers) {
        return new FaultTarget() {
            @Override
            public void create() throws Exception {
                MariaDb.create(servers.mariaDb(), "target", "");
            }

            @Override
            public String document() {
                return servers.mariaDbDocument("target", "target");
            }

            @Override
            public void kill() {
                servers.mariaDb().kill();
                servers.mariaDb().start();
            }

            @Override
            public List<String> rows(String table, List<String> columns) throws Exception {
                return MariaDb.rows(
                        servers.mariaDb(),
                        "target",
                        "select concat_ws('|', " + String.join(", ", columns) + ") from `" + table + "`");
            }

            @Override
            public void isWhatTheLedgerSays() throws Exception {
                assertThat(MariaDb.rows(
                                servers.mariaDb(),
                                "target",
                                "select (select count(*) from orders) + (select count(*) from `lines`) + (select count(*) from texts)"
                                        + " - (select coalesce(sum(written_rows), 0) from godwit_ledger)"))
                        .containsExactly("(0)");
            }
        };
    }

    static FaultTarget folder(Path folder) {
        return new WrittenFiles() {
            @Override
            public void create() throws IOException {
                Files.createDirectories(folder);
            }

            @Override
            public String document() {
                return """
                        kind: Connection
                        name: target
                        type: file
                        database: %s
                        options: { format: jsonl, compression: gzip }
                        ---
                        """.formatted(folder);
            }

            @Override
            Map<String, byte[]> files() throws IOException {
                Map<String, byte[]> files = new TreeMap<>();
                try (Stream<Path> all = Files.walk(folder)) {
                    for (Path file : all.filter(Files::isRegularFile).toList()) {
                        files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
                    }
                }
                return files;
            }
        };
    }

    static FaultTarget bucket() {
        String bucket = S3Server.create();
        return new WrittenFiles() {
            @Override
            public void create() {}

            @Override
            public String document() {
                return Servers.bucketDocument("target", bucket) + "options: { format: jsonl, sslMode: disable }\n---\n";
            }

            @Override
            Map<String, byte[]> files() throws IOException {
                return S3Server.objects(bucket);
            }
        };
    }
}
