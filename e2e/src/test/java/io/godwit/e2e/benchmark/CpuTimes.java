package io.godwit.e2e.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Processor seconds of process trees, from {@code /proc}. */
final class CpuTimes {
    private static final double TICKS_PER_SECOND = 100;

    private CpuTimes() {}

    /** A process's line in {@code /proc}: its own seconds, and those of children that it has waited for. */
    private record Stat(long parent, double own, double waited, String command) {}

    /** Seconds of a process and everything below it, dead or alive. */
    static double ofTree(long root) {
        Map<Long, Stat> all = read();
        double sum = 0;
        for (Map.Entry<Long, Stat> each : all.entrySet()) {
            if (below(all, each.getKey(), root)) {
                sum += each.getValue().own() + each.getValue().waited();
            }
        }
        return sum;
    }

    /**
     * Seconds of the living processes of a tree, by what {@code name} calls them. Children that ended count for who
     * waited for them only where that is a PostgreSQL server: the others are seen while they live.
     */
    static Map<String, Double> living(long root, Function<String, String> name) {
        Map<Long, Stat> all = read();
        Map<String, Double> sums = new TreeMap<>();
        for (Map.Entry<Long, Stat> each : all.entrySet()) {
            Stat stat = each.getValue();
            // A process that has ended and is not waited for yet has no command line any more.
            if (!stat.command().isBlank() && below(all, each.getKey(), root)) {
                double waited = stat.command().contains("postgres") ? stat.waited() : 0;
                sums.merge(name.apply(stat.command()), stat.own() + waited, Double::sum);
            }
        }
        return sums;
    }

    private static boolean below(Map<Long, Stat> all, long pid, long root) {
        long at = pid;
        while (at > 1) {
            if (at == root) {
                return true;
            }
            Stat stat = all.get(at);
            at = stat == null ? 0 : stat.parent();
        }
        return false;
    }

    private static Map<Long, Stat> read() {
        Map<Long, Stat> all = new HashMap<>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            processes
                    .filter(path -> path.getFileName().toString().matches("\\d+"))
                    .forEach(path -> {
                        try {
                            String stat = Files.readString(path.resolve("stat"));
                            String command =
                                    Files.readString(path.resolve("cmdline")).replace('\0', ' ');
                            String[] words =
                                    stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
                            all.put(
                                    Long.parseLong(path.getFileName().toString()),
                                    new Stat(
                                            Long.parseLong(words[1]),
                                            (Long.parseLong(words[11]) + Long.parseLong(words[12])) / TICKS_PER_SECOND,
                                            (Long.parseLong(words[13]) + Long.parseLong(words[14])) / TICKS_PER_SECOND,
                                            command));
                        } catch (IOException gone) {
                            // The process ended between listing and reading.
                        }
                    });
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return all;
    }
}
