package io.godwit.connector.file.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.connector.Means;
import io.godwit.connector.Source;
import io.godwit.connector.file.store.FileStore;
import io.godwit.connector.file.store.NewFile;
import io.godwit.connector.file.store.StoredFile;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.job.Connection.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SftpStoreTest {
    private static final Means MEANS = Means.of(reference -> reference);

    private final Path folder = SftpServer.path();
    private final FileStore store =
            new SftpStore(SftpEndpoint.of(SftpServer.connection(folder.toString(), Map.of())), MEANS.secrets());

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void largeFileComesBackAsItWasWrittenAndInPieces() throws IOException {
        byte[] content = new byte[5_000_123];
        new Random(3).nextBytes(content);
        try (NewFile file = store.create("a/b/one[*]?.bin")) {
            file.write(content);
            file.finish();
            assertThat(file.bytes()).isEqualTo(content.length);
        }

        assertThat(Files.readAllBytes(folder.resolve("a/b/one[*]?.bin"))).isEqualTo(content);
        assertThat(read("a/b/one[*]?.bin", 0, Long.MAX_VALUE)).isEqualTo(content);
        assertThat(read("a/b/one[*]?.bin", 3_000_000, 1000))
                .isEqualTo(Arrays.copyOfRange(content, 3_000_000, 3_001_000));
        assertThat(read("a/b/one[*]?.bin", content.length, 1000)).isEmpty();
    }

    @Test
    void placeIsOneHoweverTheConnectionSpellsIt() throws IOException {
        Files.createDirectories(folder.resolve("a"));
        Files.createSymbolicLink(folder.resolve("link"), Path.of("a"));
        String place = store.place("a/b/c");

        assertThat(store.place("a/b/d")).isNotEqualTo(place);
        assertThat(place(folder + "/./a/", "b/c")).isEqualTo(place);
        assertThat(place(folder + "/link", "b/c")).isEqualTo(place);
        Files.createDirectories(folder.resolve("a/b/c"));
        assertThat(store.place("a/b/c")).isEqualTo(place);
        assertThat(place(folder.resolve("a/b").toString(), "c")).isEqualTo(place);
    }

    @Test
    void serverIsOneWithAndWithoutItsPort() {
        assertThat(server("Files.Example.com", null)).isEqualTo(server("files.example.com", 22));
        assertThat(server("files.example.com", 2222)).isNotEqualTo(server("files.example.com", 22));
    }

    private static String server(String host, @Nullable Integer port) {
        Map<String, String> options = Map.of("hostKey", SftpServer.hostKey());
        return SftpEndpoint.of(new Connection("x", "sftp", host, port, "f", "u", "s", options, Limits.NONE, List.of()))
                .server();
    }

    private static String place(String database, String below) throws IOException {
        try (FileStore other =
                new SftpStore(SftpEndpoint.of(SftpServer.connection(database, Map.of())), MEANS.secrets())) {
            return other.place(below);
        }
    }

    /** A reader may look at others while it has one open. */
    @Test
    void storeAnswersWhileAFileIsOpen() throws IOException {
        store.put("one", new byte[2_000_000]);
        try (InputStream in = store.open("one", 0, Long.MAX_VALUE)) {
            assertThat(in.readNBytes(10)).hasSize(10);
            assertThat(store.find("one")).isPresent();
            assertThat(in.readAllBytes()).hasSize(2_000_000 - 10);
        }
    }

    @Test
    void fileThatIsNotFinishedIsNotThere() throws IOException {
        try (NewFile file = store.create("broken/one.bin")) {
            file.write(new byte[100_000]);
        }
        assertThat(store.list("broken", 10, true)).isEmpty();
    }

    @Test
    void moveOverAnotherFileIsDoneTwiceAsOnce() throws IOException {
        store.put("from.txt", new byte[] {1});
        store.put("to.txt", new byte[] {2, 2});

        store.move("from.txt", "to.txt");
        store.move("from.txt", "to.txt");

        assertThat(read("to.txt", 0, 9)).containsExactly(1);
        assertThat(store.find("from.txt")).isEmpty();
        assertThatThrownBy(() -> store.move("no.txt", "nowhere.txt")).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void folderGoesWithAllThatIsInIt() throws IOException {
        for (String path : List.of("l/.h/a", "l/.b", "l/c", "l/d/e", "lm/f")) {
            store.put(path, new byte[] {1});
        }
        assertThat(store.list("l", 9)).extracting(StoredFile::path).containsExactly("l/c", "l/d/e");
        assertThat(store.list("l", 9, true))
                .extracting(StoredFile::path)
                .containsExactly("l/.b", "l/.h/a", "l/c", "l/d/e");
        assertThatThrownBy(() -> store.list("l", 1)).hasMessageContaining("more than 1 files");

        store.deleteFolder("l");
        store.deleteFolder("l");

        assertThat(store.list("", 9, true)).extracting(StoredFile::path).containsExactly("lm/f");
    }

    @Test
    void linkThatLeadsOutIsNotThereAndNotFollowed() throws IOException {
        Path outside = SftpServer.path();
        Files.writeString(outside.resolve("secret.csv"), "secret");
        Files.createSymbolicLink(folder.resolve("linked"), outside);
        Files.createSymbolicLink(folder.resolve("link.csv"), outside.resolve("secret.csv"));

        assertThat(store.list("", 9, true)).isEmpty();
        assertThat(store.find("link.csv")).isEmpty();
        assertThatThrownBy(() -> store.open("link.csv", 0, 9)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> store.open("linked/secret.csv", 0, 9)).isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> store.put("linked/mine.csv", new byte[1])).isInstanceOf(AccessDeniedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../above/x", "/x", "a/../x", "a//b", "", "a\nb", "."})
    void pathThatLeadsOutIsRefused(String path) {
        assertThatThrownBy(() -> store.open(path, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.put(path, new byte[1])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.delete(path)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "user@host, u, s, /in, SHA256:0123456789012345678901234567890123456789012, password",
                "-oProxyCommand=x, u, null, /in, SHA256:0123456789012345678901234567890123456789012, password",
                "null, u, s, /in, SHA256:0123456789012345678901234567890123456789012, password",
                "host, null, s, /in, SHA256:0123456789012345678901234567890123456789012, password",
                "host, u, s, /in, null, password",
                "host, u, s, /in, no, password",
                "host, u, s, /in, SHA256:0123456789012345678901234567890123456789012, agent",
            })
    void connectionsThatAreOddAreRefused(
            @Nullable String host,
            @Nullable String user,
            @Nullable String secret,
            String database,
            @Nullable String hostKey,
            String login) {
        Map<String, String> options =
                hostKey == null ? Map.of("login", login) : Map.of("login", login, "hostKey", hostKey);
        Connection odd = new Connection(
                "odd", "sftp", host, 22, database, user, secret, options, Connection.Limits.NONE, List.of());

        assertThat(refusal(odd).code()).isEqualTo(ErrorCode.CONNECTION_OPTION_REFUSED);
    }

    @Test
    void serverWithAnotherKeyIsRefusedAndItsKeyNamed() {
        Connection other = SftpServer.connection(folder.toString(), Map.of("hostKey", "SHA256:" + "A".repeat(43)));

        GodwitException refused = refusal(other);

        assertThat(refused.code()).isEqualTo(ErrorCode.SOURCE_LOGIN_REFUSED);
        assertThat(refused).hasMessageContaining(SftpServer.hostKey());
    }

    @Test
    void wrongPasswordIsRefusedAndNotRepeated() {
        GodwitException refused = refusal(with("canary-4711", "127.0.0.1", Map.of()));

        assertThat(refused.code()).isEqualTo(ErrorCode.SOURCE_LOGIN_REFUSED);
        assertThat(refused).hasMessageNotContaining("canary-4711");
    }

    @Test
    void keyLogsInToo() {
        Connection byKey = with(SftpServer.userKey(), "127.0.0.1", Map.of("login", "key"));

        assertThatCode(() -> test(byKey)).doesNotThrowAnyException();
        assertThat(refusal(with("no key", "127.0.0.1", Map.of("login", "key"))).code())
                .isEqualTo(ErrorCode.SOURCE_LOGIN_REFUSED);
    }

    @Test
    void hostThatIsNotThereIsUnreachable() {
        assertThat(refusal(with(SftpServer.SECRET, "nowhere.invalid", Map.of())).code())
                .isEqualTo(ErrorCode.SOURCE_UNREACHABLE);
    }

    private Connection with(String secret, String host, Map<String, String> options) {
        Connection like = SftpServer.connection(folder.toString(), options);
        return new Connection(
                like.name(),
                like.type(),
                host,
                like.port(),
                like.database(),
                like.user(),
                secret,
                like.options(),
                like.limits(),
                like.pools());
    }

    private static GodwitException refusal(Connection connection) {
        return catchThrowableOfType(GodwitException.class, () -> test(connection));
    }

    private static void test(Connection connection) {
        try (Source source = new SftpConnector().source(connection, MEANS)) {
            source.test();
        }
    }

    private byte[] read(String path, long first, long length) throws IOException {
        try (InputStream in = store.open(path, first, length)) {
            return in.readAllBytes();
        }
    }
}
