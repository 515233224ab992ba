package io.godwit.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {

    @Test
    void temporaryServerLeavesNothingBehind() throws SQLException {
        Path data;
        ProcessHandle server;
        int port;
        try (EmbeddedPostgres postgres = temporary()) {
            data = Path.of(query(postgres, "SHOW data_directory"));
            server = ProcessHandle.of(postgres.pid()).orElseThrow();
            port = postgres.port();
            assertThat(data).isDirectory();
            assertThat(FreePort.isFree(port)).isFalse();
        }
        assertThat(data.getParent()).doesNotExist();
        assertThat(server.isAlive()).isFalse();
        assertThat(FreePort.isFree(port)).isTrue();
    }

    @Test
    void keepsCommittedRowsOverStopAndStart() throws SQLException {
        try (EmbeddedPostgres postgres = temporary()) {
            execute(postgres, "CREATE TABLE t AS SELECT 1 AS n");
            String url = postgres.jdbcUrl("postgres");

            postgres.stop();
            assertThat(postgres.isRunning()).isFalse();
            postgres.start();

            assertThat(postgres.jdbcUrl("postgres")).isEqualTo(url);
            assertThat(query(postgres, "SELECT n FROM t")).isEqualTo("1");
        }
    }

    @Test
    void killLeavesNoProcessAndLosesNoCommit() throws SQLException {
        try (EmbeddedPostgres postgres = temporary();
                Connection open = postgres.connect("postgres");
                Statement statement = open.createStatement()) {
            statement.execute("CREATE TABLE t AS SELECT 1 AS n");
            open.setAutoCommit(false);
            statement.execute("INSERT INTO t VALUES (2)");
            List<ProcessHandle> processes =
                    ProcessHandle.of(postgres.pid()).orElseThrow().descendants().toList();
            assertThat(processes).isNotEmpty();

            postgres.kill();

            assertThat(processes).noneMatch(Signals::isRunning);
            assertThat(FreePort.isFree(postgres.port())).isTrue();
            assertThatThrownBy(() -> statement.execute("SELECT 1")).isInstanceOf(SQLException.class);

            postgres.start();
            assertThat(query(postgres, "SELECT string_agg(n::text, ',') FROM t"))
                    .isEqualTo("1");
        }
    }

    @Test
    void givenDirectoryIsKeptWithItsPasswordAndNotMadeAgain(@TempDir Path directory) throws SQLException, IOException {
        StartTimes first;
        String password;
        try (EmbeddedPostgres postgres = in(directory)) {
            execute(postgres, "CREATE TABLE t AS SELECT 1 AS n");
            first = postgres.startTimes();
            password = postgres.password();
        }
        try (EmbeddedPostgres postgres = in(directory)) {
            assertThat(query(postgres, "SELECT n FROM t")).isEqualTo("1");
            assertThat(postgres.password()).isEqualTo(password);
            assertThat(postgres.startTimes().initialize()).isLessThan(first.initialize());
            assertThat(Files.getPosixFilePermissions(directory.resolve("password")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl("postgres"), "postgres", "guess")
                            .close())
                    .hasMessageContaining("password");
        }
    }

    @Test
    void directoryInUseIsRefused(@TempDir Path directory) {
        try (EmbeddedPostgres first = in(directory)) {
            assertThatThrownBy(() -> in(directory).close()).hasMessageContaining("in use");
            assertThat(first.isRunning()).isTrue();
        }
    }

    @Test
    void endsWithTheProcessThatStartedItAndDeletesItsFiles() throws Exception {
        try (OtherProcess other = OtherProcess.run(LoneServers.class, "postgres", "")) {
            ProcessHandle server = ProcessHandle.of(other.readNumber()).orElseThrow();
            Path home = Path.of(other.readLine());
            assertThat(home).isDirectory();

            other.kill();

            assertThat(Await.until(OtherProcess.LIMIT, () -> !Signals.isRunning(server)))
                    .isTrue();
            assertThat(Await.until(OtherProcess.LIMIT, () -> !Files.exists(home)))
                    .isTrue();
        }
    }

    @Test
    void serverOfALostProcessIsEndedAtTheNextStart(@TempDir Path directory) throws Exception {
        try (OtherProcess other = OtherProcess.run(LoneServers.class, "postgres", directory.toString())) {
            ProcessHandle server = ProcessHandle.of(other.readNumber()).orElseThrow();
            other.killWithChildren("sh"); // the leash, so that the server stays
            assertThat(server.isAlive()).isTrue();

            try (EmbeddedPostgres postgres = in(directory)) {
                assertThat(Signals.isRunning(server)).isFalse();
                assertThat(query(postgres, "SELECT 1")).isEqualTo("1");
            }
        }
    }

    @Test
    void listensOnTheLoopbackAloneWithTheSettingsGiven() throws SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .fsync(false)
                .setting("max_connections", "33")
                .setting("application_name", "it's")
                .start()) {
            assertThat(query(postgres, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(query(postgres, "SHOW max_connections")).isEqualTo("33");
            assertThat(query(postgres, "SHOW fsync")).isEqualTo("off");
        }
    }

    @Test
    void makesADatabaseOnceWhateverItsName() throws SQLException {
        try (EmbeddedPostgres postgres = temporary()) {
            assertThat(postgres.createDatabase("a \"b\"")).isTrue();
            assertThat(postgres.createDatabase("a \"b\"")).isFalse();
        }
    }

    @Test
    void badSettingIsReportedWithTheServersOwnWords() {
        assertThatThrownBy(() -> EmbeddedPostgres.builder()
                        .setting("shared_buffers", "much")
                        .start()
                        .close())
                .hasMessageContaining("shared_buffers");
    }

    private static EmbeddedPostgres temporary() {
        return EmbeddedPostgres.builder().fsync(false).start();
    }

    private static EmbeddedPostgres in(Path directory) {
        return EmbeddedPostgres.builder().directory(directory).fsync(false).start();
    }

    private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }
}
