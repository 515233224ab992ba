package io.godwit.connector.file.s3;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

class S3StoreTest {
    private static final String BUCKET = S3Server.create();
    private static final Means MEANS = Means.of(reference -> reference);
    private static final int MIB = 1 << 20;

    private final S3Client client =
            S3Endpoint.of(S3Server.connection(BUCKET, Map.of())).client(MEANS.secrets());
    private final FileStore store = new S3Store(client, "here:443", BUCKET, "below");

    /** More than two parts, and a bit. */
    @Test
    void largeFileComesBackAsItWasWrittenAndInPieces() throws IOException {
        byte[] content = new byte[2 * 8 * MIB + 12345];
        new Random(3).nextBytes(content);
        try (NewFile file = store.create("large/one.bin")) {
            for (int at = 0; at < content.length; at += 100_000) {
                file.write(content, at, Math.min(100_000, content.length - at));
            }
            assertThat(store.find("large/one.bin")).as("nobody sees it yet").isEmpty();
            file.finish();
            assertThat(file.bytes()).isEqualTo(content.length);
        }

        assertThat(read("large/one.bin", 0, Long.MAX_VALUE)).isEqualTo(content);
        assertThat(read("large/one.bin", 9_000_000, 1000)).isEqualTo(Arrays.copyOfRange(content, 9_000_000, 9_001_000));
        assertThat(read("large/one.bin", content.length - 10, 1000))
                .isEqualTo(Arrays.copyOfRange(content, content.length - 10, content.length));
        assertThat(read("large/one.bin", content.length, 1000)).isEmpty();
        assertThat(store.find("large/one.bin").orElseThrow().bytes()).isEqualTo(content.length);

        new S3Copy(client, BUCKET, 5 * MIB).copy("below/large/one.bin", "below/large/two.bin", content.length);
        assertThat(read("large/two.bin", 0, Long.MAX_VALUE)).isEqualTo(content);
    }

    @Test
    void placeIsOneHoweverTheConnectionSpellsIt() throws IOException {
        String place = place("s3.here", null, "lake", "a/b");

        assertThat(place("S3.Here", 80, "lake/a/", "b")).isEqualTo(place);
        assertThat(place("s3.here", 9000, "lake", "a/b")).isNotEqualTo(place);
        assertThat(place("s3.here", null, "pond", "a/b")).isNotEqualTo(place);
        assertThat(place("s3.eu-central-1.amazonaws.com", null, "lake", "a/b"))
                .isEqualTo(place(null, null, "lake", "a/b"))
                .isNotEqualTo(place);
    }

    private static String place(@Nullable String host, @Nullable Integer port, String database, String folder)
            throws IOException {
        Connection connection = new Connection(
                "lake", "s3", host, port, database, null, null, Map.of("sslMode", "disable"), Limits.NONE, List.of());
        try (FileStore store = new S3Connector().store(connection, MEANS)) {
            return store.place(folder);
        }
    }

    @Test
    void fileThatIsNotFinishedIsNotThereNorInParts() throws IOException {
        try (NewFile file = store.create("broken/one.bin")) {
            file.write(new byte[9 * MIB]);
        }
        assertThat(store.list("broken", 10, true)).isEmpty();
        assertThat(uploads()).isEmpty();
    }

    @Test
    @SuppressWarnings("MustBeClosedChecker")
    void folderGoesWithWhatAKilledWriterHadBegun() throws IOException {
        NewFile killed = store.create("step/one.bin");
        killed.write(new byte[9 * MIB]);
        store.put("step/two.bin", new byte[] {1});
        store.put("stepping/stone.bin", new byte[] {2});
        assertThat(uploads()).hasSize(1);

        store.deleteFolder("step");

        assertThat(uploads()).isEmpty();
        assertThat(store.list("step", 10, true)).isEmpty();
        assertThat(store.find("stepping/stone.bin")).isPresent();
    }

    @Test
    void moveOverAnotherFileIsDoneTwiceAsOnce() throws IOException {
        store.put("from.txt", new byte[] {1});
        store.put("to.txt", new byte[] {2, 2});
        String before = store.find("to.txt").orElseThrow().version();

        store.move("from.txt", "to.txt");
        store.move("from.txt", "to.txt");

        assertThat(read("to.txt", 0, 9)).containsExactly(1);
        assertThat(store.find("to.txt").orElseThrow().version()).isNotEqualTo(before);
        assertThat(store.find("from.txt")).isEmpty();
        assertThatThrownBy(() -> store.move("no.txt", "nowhere.txt")).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void listLeavesOutWhatIsHiddenAndFoldersOfConsoles() throws IOException {
        for (String path : List.of("l/.h/a", "l/.b", "l/c", "l/d/e", "l/d.txt", "lm/f")) {
            store.put(path, new byte[] {1});
        }
        client.putObject(request -> request.bucket(BUCKET).key("below/l/empty/"), body(new byte[0]));

        assertThat(store.list("l", 9)).extracting(StoredFile::path).containsExactly("l/c", "l/d.txt", "l/d/e");
        assertThat(store.list("l", 9, true))
                .extracting(StoredFile::path)
                .containsExactly("l/.b", "l/.h/a", "l/c", "l/d.txt", "l/d/e");
        assertThatThrownBy(() -> store.list("l", 2)).hasMessageContaining("more than 2 files");
    }

    /** Left out, its rows would be lost. */
    @Test
    void objectWhoseKeyIsNoPathIsRefused() {
        client.putObject(request -> request.bucket(BUCKET).key("below/odd//two.csv"), body(new byte[] {1}));

        assertThatThrownBy(() -> store.list("odd", 9)).hasMessageContaining("odd//two.csv");
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
                "user@host, 1, bucket, u, s, verify-full, eu-1",
                "host?x, 1, bucket, u, s, verify-full, eu-1",
                "host/path, 1, bucket, u, s, verify-full, eu-1",
                "host, 1, Bad_Bucket, u, s, verify-full, eu-1",
                "host, 1, bucket/../other, u, s, verify-full, eu-1",
                "host, 1, bucket, u, null, verify-full, eu-1",
                "host, 1, bucket, null, s, verify-full, eu-1",
                "host, 1, bucket, u, s, trust, eu-1",
                "host, 1, bucket, u, s, verify-full, eu.evil.org",
            })
    void connectionsThatAreOddAreRefused(
            String host,
            int port,
            String database,
            @Nullable String user,
            @Nullable String secret,
            String sslMode,
            String region) {
        Connection odd = new Connection(
                "odd",
                "s3",
                host,
                port,
                database,
                user,
                secret,
                Map.of("sslMode", sslMode, "region", region),
                Connection.Limits.NONE,
                List.of());

        assertThat(codeOf(odd)).isEqualTo(ErrorCode.CONNECTION_OPTION_REFUSED);
    }

    @Test
    void wrongKeyIsRefusedAndNotRepeated() {
        Connection wrong = connection(S3Server.connection(BUCKET, Map.of()), "127.0.0.1", "canary-4711");

        GodwitException refused = refusal(wrong);

        assertThat(refused.code()).isEqualTo(ErrorCode.SOURCE_LOGIN_REFUSED);
        assertThat(refused).hasMessageNotContaining("canary-4711");
    }

    @Test
    void hostThatIsNotThereIsUnreachable() {
        Connection nowhere = connection(S3Server.connection(BUCKET, Map.of()), "nowhere.invalid", S3Server.SECRET);

        assertThat(codeOf(nowhere)).isEqualTo(ErrorCode.SOURCE_UNREACHABLE);
    }

    private static Connection connection(Connection like, String host, String secret) {
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

    private static ErrorCode codeOf(Connection connection) {
        return refusal(connection).code();
    }

    private static GodwitException refusal(Connection connection) {
        return catchThrowableOfType(GodwitException.class, () -> {
            try (Source source = new S3Connector().source(connection, MEANS)) {
                source.test();
            }
        });
    }

    private List<String> uploads() {
        return client.listMultipartUploads(request -> request.bucket(BUCKET)).uploads().stream()
                .map(upload -> upload.key())
                .toList();
    }

    private static RequestBody body(byte[] content) {
        return RequestBody.fromBytes(content);
    }

    private byte[] read(String path, long first, long length) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (InputStream in = store.open(path, first, length)) {
            in.transferTo(all);
        }
        return all.toByteArray();
    }
}
