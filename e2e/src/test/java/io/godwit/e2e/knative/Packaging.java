package io.godwit.e2e.knative;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.godwit.e2e.harness.ClassArchive;
import io.godwit.embedded.FreePort;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How a function is packaged: the process that its image starts, as its Dockerfile says, of what was built here. */
@FunctionalInterface
interface Packaging {
    /** On the JVM, as its image starts it. */
    Packaging JVM = function -> onJvm(application(function), true);

    /** The same without the archive of classes. */
    Packaging NO_ARCHIVE = function -> onJvm(application(function), false);

    /** The executable that {@code knative/compile-native} has made. */
    Packaging NATIVE = function -> new ProcessBuilder(entrypoint("native").stream()
            .map(word -> word.equals("/app/function") ? executable(function).toString() : word)
            .toList());

    /** @param function planner, reader, writer or ops */
    ProcessBuilder process(String function);

    /** @param application {@code target/application}, in the place of {@code /app} */
    private static ProcessBuilder onJvm(Path application, boolean archived) {
        if (archived) {
            ClassArchive.of(application.resolve("godwit.jar"), "classes.jsa", archive -> train(application));
        }
        List<String> command = new ArrayList<>();
        for (String word : entrypoint("jvm")) {
            if (word.equals("java")) {
                command.add(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString());
            } else if (archived || !word.startsWith("-XX:SharedArchiveFile=")) {
                command.add(word.replace("/app/", application + "/"));
            }
        }
        // An archive is for a class path by the letter: the jar's name is relative, as where the archive was made.
        return new ProcessBuilder(command).directory(application.toFile());
    }

    /** Has the JVM write the archive: the Dockerfile's own step. */
    private static void train(Path application) throws IOException, InterruptedException {
        String step = dockerfile("jvm")
                .lines()
                .filter(line -> line.startsWith("RUN "))
                .findFirst()
                .orElseThrow()
                .substring("RUN ".length());
        Path log = Files.createTempFile("training", ".log");
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", step.replace("/app/", application + "/"))
                .directory(application.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        String java = Path.of(System.getProperty("java.home"), "bin").toString();
        builder.environment().merge("PATH", java, (path, first) -> first + File.pathSeparator + path);
        builder.environment().put("PORT", Integer.toString(FreePort.find()));
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        if (builder.start().waitFor() != 0) {
            throw new IllegalStateException(Files.readString(log));
        }
        Files.delete(log);
    }

    /** The folder of a function's jars. */
    private static Path application(String function) {
        return built(Path.of("..", function + "-fn", "target", "application"));
    }

    private static Path executable(String function) {
        Path folder = built(Path.of("..", function + "-fn", "target", "native-sources"));
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith("-runner"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(folder + ": no executable"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path built(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        if (!Files.exists(absolute)) {
            throw new IllegalStateException(absolute + " is missing: run the tests with mvn verify from the top");
        }
        return absolute;
    }

    /** Of {@code knative/Dockerfile.PACKAGING}, word by word. */
    private static List<String> entrypoint(String packaging) {
        String file = dockerfile(packaging);
        try {
            return List.of(new ObjectMapper()
                    .readValue(
                            file.substring(file.indexOf("\nENTRYPOINT ") + "\nENTRYPOINT ".length()), String[].class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of a Dockerfile, each instruction a line. */
    private static String dockerfile(String packaging) {
        try {
            return Files.readString(Path.of("..", "knative", "Dockerfile." + packaging))
                    .replace("\\\n", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
