package io.godwit.e2e.knative;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What an image of a function starts, with the options of its Dockerfile. */
enum Packaging {
    /** {@code Dockerfile.jvm}, with the archive of classes where one was made. */
    JVM {
        @Override
        Optional<List<String>> command(String function) {
            Path folder = target(function).resolve("quarkus-app");
            Path jar = folder.resolve("quarkus-run.jar");
            if (!Files.exists(jar)) {
                return Optional.empty();
            }
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xmx128m",
                    "-XX:+ExitOnOutOfMemoryError"));
            Path archive = folder.resolve("classes.jsa");
            if (Files.exists(archive)) {
                command.add("-XX:SharedArchiveFile=" + archive);
            }
            command.addAll(List.of("-jar", jar.toString()));
            return Optional.of(command);
        }
    },

    /** {@code Dockerfile.native}: what {@code build-images native} has compiled. */
    NATIVE {
        @Override
        Optional<List<String>> command(String function) {
            Path folder = target(function).resolve("native-sources");
            if (!Files.isDirectory(folder)) {
                return Optional.empty();
            }
            try (Stream<Path> files = Files.list(folder)) {
                return files.filter(file -> file.toString().endsWith("-runner") && Files.isExecutable(file))
                        .findFirst()
                        .map(runner -> List.of(runner.toString(), "-Xmx128m"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    /** Empty where it was not built. */
    abstract Optional<List<String>> command(String function);

    boolean isBuilt() {
        return Stream.of("planner", "reader", "writer", "ops")
                .allMatch(function -> command(function).isPresent());
    }

    static Path target(String function) {
        return Path.of("..", function + "-fn", "target").toAbsolutePath().normalize();
    }
}
