package io.godwit.connector.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.connector.Means;
import io.godwit.connector.Sink;
import io.godwit.connector.Source;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.job.WriteMode;
import io.godwit.core.table.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that are wrong: each a code, a place and a remedy; and no way to any other file. */
class SqliteConnectionsTest {

    private static GodwitException refused(ThrowingCallable call) {
        GodwitException thrown = catchThrowableOfType(GodwitException.class, call);
        assertThat(thrown).isNotNull();
        assertThat(thrown.remedy()).isNotEmpty();
        return thrown;
    }

    private static GodwitException refused(Connection connection) {
        return refused(() -> {
            try (Source source = TestFiles.source(connection)) {
                source.test();
            }
        });
    }

    private static Connection to(String database) {
        return TestFiles.connection("bad", Map.of()).withDatabase(database);
    }

    @Test
    void connectionThatIsRightTellsWhatItIs() {
        try (Source source = TestFiles.source(TestFiles.empty("right"))) {
            assertThat(source.test().product()).startsWith("SQLite 3.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../up.db", "a/../../up.db", "", "x.db?mode=memory"})
    void fileOutsideTheFolderIsRefused(String database) {
        assertThat(refused(to(database)).code()).isEqualTo(ErrorCode.CONNECTION_OPTION_REFUSED);
    }

    /** Names that SQLite or its driver would read as something else are names of files here, which are not there. */
    @ParameterizedTest
    @ValueSource(strings = {":memory:", "file::memory:", ":resource:x.db", "file:x.db", "no.such.db"})
    void fileThatIsNotThereIsNotMade(String database) {
        assertThat(refused(to(database)).code()).isEqualTo(ErrorCode.SOURCE_LOGIN_REFUSED);
        try (Sink sink = TestFiles.sink(to(database))) {
            assertThat(refused(sink::test).code()).isEqualTo(ErrorCode.SINK_LOGIN_REFUSED);
        }
        assertThat(TestFiles.root().resolve(database)).doesNotExist();
    }

    @Test
    void symbolicLinksAreNotFollowed(@org.junit.jupiter.api.io.TempDir Path elsewhere) throws IOException {
        TestFiles.empty("linked");
        Path link = TestFiles.root().resolve("link.db");
        Files.createSymbolicLink(link, TestFiles.path("linked"));
        Path folder = TestFiles.root().resolve("folder");
        Files.createSymbolicLink(folder, elsewhere);
        Files.copy(TestFiles.path("linked"), elsewhere.resolve("other.db"));
        try {
            assertThat(refused(to("link.db")).code()).isEqualTo(ErrorCode.CONNECTION_OPTION_REFUSED);
            assertThat(refused(to("folder/other.db")).code()).isEqualTo(ErrorCode.CONNECTION_OPTION_REFUSED);
        } finally {
            Files.delete(link);
            Files.delete(folder);
        }
    }

    @Test
    void fileThatIsNoDatabaseIsSaidSo() throws IOException {
        Files.writeString(TestFiles.path("garbage"), "id,name\n1,x\n".repeat(100));

        GodwitException thrown = refused(TestFiles.connection("garbage", Map.of()));

        assertThat(thrown.code()).isEqualTo(ErrorCode.SOURCE_LOGIN_REFUSED);
        assertThat(thrown).hasMessageContaining("no SQLite database").hasMessageContaining("garbage.db");
    }

    @ParameterizedTest
    @CsvSource({
        "busyTimeout, 0",
        "busyTimeout, 1000",
        "create, yes",
        "types, guess",
        "enable_load_extension, true",
        "journal_mode, off",
        "vfs, memdb"
    })
    void optionThatIsNotListedIsRefused(String name, String value) {
        GodwitException thrown = refused(TestFiles.connection("bad", Map.of(name, value)));

        assertThat(thrown.code()).isEqualTo(ErrorCode.CONNECTION_OPTION_REFUSED);
        assertThat(thrown).hasMessageContaining(name);
    }

    @Test
    void fileIsMadeByPreparingAndByNothingElse() {
        Connection from = TestFiles.empty("made_from");
        TestFiles.run("made_from", "CREATE TABLE t (id integer PRIMARY KEY)", "INSERT INTO t VALUES (1)");
        Connection to = TestFiles.connection("made", Map.of("create", "true"));
        Copy copy = new Copy(from, to, WriteMode.APPEND, null, "t");
        try (Sink sink = TestFiles.sink(to)) {
            assertThat(sink.test().notes()).isNotEmpty();
            assertThat(sink.describe(List.of(new TableName(null, null, "t")))).isEmpty();
            copy.preview(sink);
            assertThat(TestFiles.path("made")).doesNotExist();

            copy.run(sink);
        }
        assertThat(TestFiles.one("made", "SELECT count(*) FROM t")).isEqualTo("1");
    }

    @Test
    void sourceIsReadWithoutATrace() {
        Connection connection = TestFiles.empty("untouched");
        TestFiles.run("untouched", "CREATE TABLE t (id integer PRIMARY KEY)");
        try (Source source = TestFiles.source(connection)) {
            assertThat(source.tables()).hasSize(1);
        }
        assertThat(Path.of(TestFiles.path("untouched") + "-journal")).doesNotExist();
        assertThat(Path.of(TestFiles.path("untouched") + "-wal")).doesNotExist();
    }

    @Test
    void homeOfTheProcessIsWhereRelativePathsBegin() {
        Connection relative = TestFiles.empty("relative").withDatabase("relative.db");
        Means means = TestFiles.means();
        try (Source source = new SqliteConnector().source(relative, means)) {
            assertThat(source.tables()).isEmpty();
        }
    }
}
