package io.godwit.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Programs from Debian's packages, unpacked into the cache with whatever of theirs this machine lacks. Nothing is
 * installed: apt keeps its lists in the cache too, so nobody need be root.
 */
final class DebianPackages {
    private static final long LIMIT_SECONDS = 300;

    private DebianPackages() {}

    /**
     * The root of the unpacked files.
     *
     * @param name tells these packages from all others
     * @throws IllegalStateException where there is no apt, or it cannot fetch them
     */
    static Path unpacked(String name, String... packages) {
        return Cache.get("debian-" + name, root -> {
            Path apt = Files.createDirectories(root.resolve("apt"));
            Path lists = Files.createDirectories(apt.resolve("lists/partial")).getParent();
            Path archives =
                    Files.createDirectories(apt.resolve("archives/partial")).getParent();
            List<String> settings = List.of(
                    "-qq",
                    "-o=Dir::State::lists=" + lists,
                    "-o=Dir::Cache::archives=" + archives,
                    "-o=Dir::Cache::pkgcache=",
                    "-o=Dir::Cache::srcpkgcache=",
                    "-o=Debug::NoLocking=true",
                    "-o=APT::Sandbox::User=");
            run(apt, command("apt-get", settings, "update"));
            run(
                    apt,
                    command(
                            "apt-get",
                            settings,
                            Stream.concat(
                                            Stream.of("install", "--yes", "--no-install-recommends", "--download-only"),
                                            Arrays.stream(packages))
                                    .toArray(String[]::new)));
            try (Stream<Path> fetched = Files.list(archives)) {
                for (Path each :
                        (Iterable<Path>) fetched.filter(path -> path.toString().endsWith(".deb"))::iterator) {
                    run(apt, List.of("dpkg-deb", "-x", each.toString(), root.toString()));
                }
            }
            FileTree.delete(apt);
        });
    }

    private static List<String> command(String program, List<String> settings, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(settings);
        command.addAll(List.of(arguments));
        return command;
    }

    private static void run(Path folder, List<String> command) throws IOException {
        Path log = folder.resolve("log");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " took more than " + LIMIT_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException(command + " failed:\n" + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during " + command, e);
        }
    }
}
