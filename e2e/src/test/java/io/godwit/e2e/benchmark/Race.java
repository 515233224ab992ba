package io.godwit.e2e.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Measures ways of moving the same rows: time by the clock, and processor time of all that takes part. */
final class Race {
    private final Path folder;
    private final Map<String, Long> servers;

    /**
     * For rows between the same servers.
     *
     * @param servers process ids by what is told of them
     */
    Race(Path folder, Map<String, Long> servers) {
        this.folder = folder;
        this.servers = servers;
    }

    /** What one way took. */
    record Taken(double wallSeconds, Map<String, Double> cpuSeconds) {
        double cpu() {
            return cpuSeconds.values().stream().mapToDouble(Double::doubleValue).sum();
        }

        /** Where the processor time went, for people. */
        String split() {
            StringBuilder text = new StringBuilder();
            cpuSeconds.forEach((kind, seconds) -> text.append(String.format(Locale.ROOT, "%s %.1f  ", kind, seconds)));
            return text.toString().stripTrailing();
        }
    }

    /** Runs a job by the command, in a home of this race. */
    Taken godwit(Path job, Map<String, String> environment) throws Exception {
        Path command = Path.of("..", "godwit").toAbsolutePath();
        ProcessBuilder builder = new ProcessBuilder(command.toString(), "run", job.toString());
        builder.environment().put("GODWIT_HOME", folder.resolve("home").toString());
        builder.environment().putAll(environment);
        return measure(builder);
    }

    Taken measure(ProcessBuilder builder) throws Exception {
        Map<String, Double> before = ofServers();
        Path output = folder.resolve("output.txt");
        long begun = System.nanoTime();
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        Map<String, Double> taken = new TreeMap<>();
        while (!process.waitFor(50, TimeUnit.MILLISECONDS)) {
            CpuTimes.living(process.pid(), Race::kind)
                    .forEach((kind, seconds) -> taken.merge(kind, seconds, Math::max));
        }
        double wall = (System.nanoTime() - begun) / 1e9;
        if (process.exitValue() != 0) {
            throw new IllegalStateException(Files.readString(output));
        }
        ofServers().forEach((server, seconds) -> taken.put(server, seconds - before.getOrDefault(server, 0.0)));
        return new Taken(wall, taken);
    }

    private Map<String, Double> ofServers() throws Exception {
        Map<String, Double> seconds = new TreeMap<>();
        for (Map.Entry<String, Long> server : servers.entrySet()) {
            seconds.put(server.getKey(), CpuTimes.ofTree(server.getValue()));
        }
        return seconds;
    }

    private static String kind(String command) {
        if (command.contains("psql") || command.contains("bin/mariadb")) {
            return "clients";
        }
        return command.contains("BrokerMain") ? "broker" : command.contains("postgres") ? "control store" : "ours";
    }

    static void report(String what, List<Taken> pipes, List<Taken> runs) {
        System.out.println();
        System.out.println(what);
        double[] ratios = new double[runs.size()];
        for (int i = 0; i < runs.size(); i++) {
            Taken pipe = pipes.get(i);
            Taken run = runs.get(i);
            ratios[i] = pipe.wallSeconds() / run.wallSeconds();
            System.out.printf(
                    Locale.ROOT,
                    "  round %d   pipe %.1f s, %.1f CPU s   godwit %.1f s, %.1f CPU s   speed %.2f, CPU %.2f of the pipe's%n",
                    i + 1,
                    pipe.wallSeconds(),
                    pipe.cpu(),
                    run.wallSeconds(),
                    run.cpu(),
                    ratios[i],
                    run.cpu() / pipe.cpu());
        }
        Arrays.sort(ratios);
        System.out.printf(Locale.ROOT, "  median speed: %.2f of the pipe's%n", ratios[ratios.length / 2]);
        System.out.println("  CPU s of the last round, pipe:   "
                + pipes.get(pipes.size() - 1).split());
        System.out.println("  CPU s of the last round, godwit: "
                + runs.get(runs.size() - 1).split());
    }

    static double medianSeconds(List<Taken> taken) {
        return taken.stream().mapToDouble(Taken::wallSeconds).sorted().toArray()[taken.size() / 2];
    }

    static void delete(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
