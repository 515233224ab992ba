package io.godwit.e2e.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.connector.file.s3.S3Server;
import io.godwit.connector.file.sftp.SftpServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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

    /** There is no server to kill; the processes that have the file open are. */
    static FaultTarget sqlite(Path file) {
        return new FaultTarget() {
            @Override
            public void create() throws Exception {
                SqliteFiles.create(file, "");
            }

            @Override
            public String document() {
                return SqliteFiles.document("target", file);
            }

            /** Decimals are numbers there, without the zeros at their ends. */
            @Override
            public List<String> rows(String table, List<String> columns) throws Exception {
                List<String> decimals = SqliteFiles.rows(
                        file, "select name from pragma_table_info('" + table + "') where type like 'decimal(%,2)'");
                return SqliteFiles.rows(
                        file,
                        columns.stream()
                                .map(column -> decimals.contains(column) ? "format('%.2f', " + column + ")" : column)
                                .collect(Collectors.joining(", ", "select concat_ws('|', ", ") from " + table)));
            }

            @Override
            public void isWhatTheLedgerSays() throws Exception {
                assertThat(SqliteFiles.rows(
                                file,
                                "select (select count(*) from orders) + (select count(*) from lines) + (select count(*) from texts)"
                                        + " - (select coalesce(sum(written_rows), 0) from godwit_ledger)"))
                        .containsExactly("0");
            }
        };
    }

    static FaultTarget folder(Path folder) {
        return new WrittenFolder(folder, "jsonl, compression: gzip");
    }

    /** Read by DuckDB, which has code of its own for Parquet. */
    static FaultTarget parquet(Path folder) {
        return new WrittenFolder(folder, "parquet") {
            @Override
            List<String> lines(String path, byte[] content, List<String> columns) throws SQLException {
                try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                        Statement statement = duck.createStatement();
                        ResultSet found = statement.executeQuery("select concat_ws('|', " + String.join(", ", columns)
                                + ") from read_parquet('" + folder.resolve(path) + "')")) {
                    List<String> rows = new ArrayList<>();
                    while (found.next()) {
                        rows.add(found.getString(1));
                    }
                    return rows;
                }
            }
        };
    }

    /** A folder of a server of files, which is one of this machine too. */
    static FaultTarget sftp() {
        Path folder = SftpServer.path();
        return new WrittenFolder(folder, "jsonl") {
            @Override
            public String document() {
                return """
                        kind: Connection
                        name: target
                        type: sftp
                        host: 127.0.0.1
                        port: %d
                        database: %s
                        user: %s
                        secret: env:GODWIT_TEST_PASSWORD
                        options: { format: jsonl, hostKey: "%s" }
                        ---
                        """.formatted(SftpServer.port(), folder, SftpServer.USER, SftpServer.hostKey());
            }

            @Override
            public void kill() {
                SftpServer.crash();
            }
        };
    }

    /** Topics of a broker of their own. */
    static FaultTarget topics() {
        return new WrittenTopics();
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
