package io.godwit.e2e.harness;

import io.godwit.embedded.EmbeddedMariaDb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The packaged command, as a child process, with a folder of its own. */
public final class GodwitProcess {
    private final Process process;
    private final Path out;
    private final Path err;

    private GodwitProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** What a command left behind. */
    public record Result(int exitCode, String out, String err) {
        @Override
        public String toString() {
            return "exit code " + exitCode + "\n--- out\n" + out + "\n--- err\n" + err;
        }
    }

    /** Starts the command in a home. Settings are system properties of the process. */
    public static GodwitProcess start(Path home, List<String> settings, String... words) {
        return start(home, settings, Map.of(), words);
    }

    /** The same, with more variables. */
    public static GodwitProcess start(
            Path home, List<String> settings, Map<String, String> environment, String... words) {
        Path archive = ClassArchive.of(application(), "up.jsa", GodwitProcess::train);
        List<String> options = new ArrayList<>(List.of("-XX:SharedArchiveFile=" + archive));
        settings.forEach(setting -> options.add("-D" + setting));
        return start(home, options, environment, List.of(words));
    }

    /** By a start of everything, and its end. */
    private static void train(Path archive) throws IOException {
        Path home = Files.createTempDirectory(archive.toAbsolutePath().getParent(), "training");
        try {
            GodwitProcess up = start(home, List.of("-XX:ArchiveClassesAtExit=" + archive), Map.of(), List.of("up"));
            RunningSystem.awaitAnnounced(up, home);
            up.process().destroy();
            up.await(60);
        } finally {
            try (Stream<Path> files = Files.walk(home)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    private static GodwitProcess start(
            Path home, List<String> options, Map<String, String> environment, List<String> words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx480m",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager"));
        command.addAll(options);
        command.add("-jar");
        command.add(application().toString());
        command.addAll(words);
        try {
            Files.createDirectories(home);
            Path out = Files.createTempFile(home, "out", ".txt");
            Path err = Files.createTempFile(home, "err", ".txt");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().put("GODWIT_HOME", home.toString());
            builder.environment().put("GODWIT_TEST_PASSWORD", "correct horse");
            builder.environment().put("GODWIT_TEST_MARIADB_PASSWORD", EmbeddedMariaDb.PASSWORD);
            builder.environment().keySet().removeAll(Set.of("JAVA_TOOL_OPTIONS", "GODWIT_SERVER", "GODWIT_TOKEN"));
            builder.environment().putAll(environment);
            return new GodwitProcess(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command to its end. */
    public static Result run(Path home, String... words) {
        return start(home, List.of(), words).await(600);
    }

    /** Waits for its end. */
    public Result await(long seconds) {
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                kill();
                throw new AssertionError("not ended after " + seconds + " s: " + result(-1));
            }
            return result(process.exitValue());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public Process process() {
        return process;
    }

    /** As kill -9. */
    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Result result(int exitCode) {
        try {
            return new Result(
                    exitCode,
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path application() {
        Path jar = Path.of("..", "local", "target", "application", "godwit.jar")
                .toAbsolutePath()
                .normalize();
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is missing: run the tests with mvn verify from the top");
        }
        return jar;
    }
}
