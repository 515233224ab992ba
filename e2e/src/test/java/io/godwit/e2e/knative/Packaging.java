package io.godwit.e2e.knative;

import com.fasterxml.jackson.databind.ObjectMapper;
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
    /** Without the archive of classes, which is made in the image. */
    Packaging JVM = function -> onJvm(application(function), false);

    /** The executable that {@code knative/compile-native} has made. */
    Packaging NATIVE = function -> new ProcessBuilder(entrypoint("native").stream()
            .map(word -> word.equals("/app/function") ? executable(function).toString() : word)
            .toList());

    /** @param function planner, reader, writer or ops */
    ProcessBuilder process(String function);

    /**
     * The process of the image on the JVM.
     *
     * @param application a folder like {@code target/application}, in the place of {@code /app}
     * @param archived whether the archive of classes lies in it, as in the image
     */
    static ProcessBuilder onJvm(Path application, boolean archived) {
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

    /** The folder of a function's jars. */
    static Path application(String function) {
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
    static String dockerfile(String packaging) {
        try {
            return Files.readString(Path.of("..", "knative", "Dockerfile." + packaging))
                    .replace("\\\n", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
