package io.godwit.connector.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.godwit.embedded.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** A real registry, Apicurio's with its interface of Confluent's, as a child process for all tests of this module. */
final class RegistryServer {
    static final String PATH = "/apis/ccompat/v7";

    /** That of the build. */
    private static final String VERSION = "2.6.13.Final";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path HOME = unpacked();
    private static final int PORT = FreePort.find();
    private static final Process PROCESS = start();

    private RegistryServer() {}

    /** A connection's options, with those that say where it is. */
    static Map<String, String> options(Map<String, String> more) {
        Map<String, String> options = new HashMap<>(more);
        options.put("format", "avro");
        options.put("registryHost", "127.0.0.1");
        options.put("registryPort", String.valueOf(PORT));
        options.put("registryPath", PATH);
        options.put("registrySslMode", "disable");
        return options;
    }

    /** Maven has it beside whatever else the tests have from there, for they depend on it. */
    private static Path unpacked() {
        try {
            Path jar = Path.of(Schema.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            // org/apache/avro/avro/VERSION/JAR
            Path repository = jar.resolve("../../../../../..").normalize();
            Path home = Files.createTempDirectory("godwit-registry-");
            Path zip = repository.resolve(
                    "io/apicurio/apicurio-registry-app/" + VERSION + "/apicurio-registry-app-" + VERSION + "-all.zip");
            try (InputStream in = Files.newInputStream(zip);
                    ZipInputStream files = new ZipInputStream(in)) {
                for (ZipEntry file = files.getNextEntry(); file != null; file = files.getNextEntry()) {
                    Path to = home.resolve(file.getName());
                    if (!file.isDirectory()) {
                        Files.createDirectories(to.getParent());
                        Files.copy(files, to);
                    }
                }
            }
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Process start() {
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx300m",
                            "-XX:TieredStopAtLevel=1",
                            "-Dquarkus.http.host=127.0.0.1",
                            "-Dquarkus.http.port=" + PORT,
                            "-jar",
                            HOME.resolve("apicurio-registry-app-" + VERSION + "-runner.jar")
                                    .toString())
                    .redirectErrorStream(true)
                    .redirectOutput(HOME.resolve("log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process)));
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stop(Process process) {
        process.destroyForcibly().onExit().join();
        try (Stream<Path> files = Files.walk(HOME)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for it, for as long as a busy machine may need. */
    static void await() {
        long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (true) {
            try {
                ask("GET", "/subjects", null);
                return;
            } catch (IllegalStateException e) {
                if (!PROCESS.isAlive() || System.nanoTime() - deadline > 0) {
                    throw e;
                }
                LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            }
        }
    }

    /** Registers a schema as the next one of a subject, and says its id. */
    static int register(String subject, Schema schema) {
        String body = JSON.createObjectNode().put("schema", schema.toString()).toString();
        return ask("POST", "/subjects/" + subject + "/versions", body)
                .path("id")
                .asInt();
    }

    /** How many schemas a subject has had. */
    static int versions(String subject) {
        return ask("GET", "/subjects/" + subject + "/versions", null).size();
    }

    /** Which changes a subject bears: {@code BACKWARD}, {@code NONE}. */
    static void compatibility(String subject, String level) {
        ask("PUT", "/config/" + subject, "{\"compatibility\": \"" + level + "\"}");
    }

    /** The schema of an id. */
    static Schema schema(int id) {
        return new Schema.Parser()
                .parse(ask("GET", "/schemas/ids/" + id, null).path("schema").asText());
    }

    private static JsonNode ask(String method, String path, @Nullable String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + PATH + path))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.statusCode() + " " + answer.body());
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
