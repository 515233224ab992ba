package io.godwit.connector.opensearch;

import io.godwit.connector.Means;
import io.godwit.connector.Sink;
import io.godwit.connector.file.ControlStoreServer;
import io.godwit.core.job.Connection;
import io.godwit.core.job.Connection.Limits;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A real OpenSearch as a child process, started at its first use, for all tests of one process. */
public final class OpenSearchServer {
    /** By its name: whoever starts it has none of the classes that it is made of. */
    private static final String NODE = "io.godwit.connector.opensearch.OpenSearchNode";

    private static final Path HOME = home();
    private static Process node = start(0);
    private static final int PORT = awaitPort();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(OpenSearchServer::stop));
    }

    private OpenSearchServer() {}

    private static Path home() {
        try {
            return Files.createTempDirectory("godwit-opensearch-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process start(int port) {
        try {
            return new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Xmx400m",
                            "-cp",
                            classPath(),
                            NODE,
                            HOME.toString(),
                            String.valueOf(port))
                    .redirectError(HOME.resolve("errors").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its jars lie in Maven's repository. */
    private static String classPath() throws IOException {
        Path repository = Path.of(System.getProperty(
                "localRepository", System.getProperty("user.home") + "/.m2/repository")); // Surefire's word
        try (InputStream list =
                Objects.requireNonNull(OpenSearchServer.class.getResourceAsStream("classpath"), "made by Maven")) {
            Path main = Path.of(OpenSearchServer.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Stream.concat(
                            Stream.of(main),
                            Stream.of(new String(list.readAllBytes(), StandardCharsets.UTF_8)
                                            .strip()
                                            .split(":"))
                                    .map(repository::resolve))
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int awaitPort() {
        try {
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8));
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("port ")) {
                    drain(out);
                    return Integer.parseInt(line.substring("port ".length()));
                }
            }
            throw new IllegalStateException("OpenSearch did not start: " + Files.readString(HOME.resolve("errors")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A full pipe would hold it up. */
    private static void drain(BufferedReader out) {
        Thread drain = new Thread(() -> {
            try {
                out.transferTo(Writer.nullWriter());
            } catch (IOException e) {
                // it ended
            }
        });
        drain.setDaemon(true);
        drain.start();
    }

    private static synchronized void stop() {
        node.destroyForcibly().onExit().join();
        try (Stream<Path> files = Files.walk(HOME)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it answers, on this machine's own address. */
    public static int port() {
        return PORT;
    }

    /** Kills it with -9, and starts it again on the same files. */
    public static synchronized void crash() {
        node.destroyForcibly().onExit().join();
        node = start(PORT);
        if (awaitPort() != PORT) {
            throw new IllegalStateException("it came back elsewhere");
        }
    }

    static Connection connection(String prefix) {
        return connection("127.0.0.1", prefix);
    }

    static Connection connection(String host, String prefix) {
        return new Connection(
                "search",
                "opensearch",
                host,
                PORT,
                prefix,
                null,
                null,
                Map.of("sslMode", "disable"),
                Limits.NONE,
                List.of());
    }

    static Cluster cluster(Connection connection) {
        return Cluster.of(connection, reference -> reference);
    }

    static Sink sink(Connection connection) {
        return new OpenSearchConnector()
                .sink(connection, Means.of(reference -> reference), ControlStoreServer.ledgers());
    }
}
