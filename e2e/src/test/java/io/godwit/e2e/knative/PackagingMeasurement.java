package io.godwit.e2e.knative;

import com.fasterxml.jackson.databind.JsonNode;
import io.godwit.core.event.Event;
import io.godwit.e2e.harness.Servers;
import io.godwit.embedded.FreePort;
import io.godwit.platform.event.CloudEventCodec;
import io.godwit.platform.event.EncodedEvent;
import io.godwit.platform.event.EventSource;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * What each packaging of each function takes: from its start to its first answered event, and resident while it moves a
 * table. The archive of classes is made by what the Dockerfile says, the options are the image's. The events are real
 * ones of a run, given to an instance that has just been started. Never a test.
 *
 * <pre>e2e/benchmark packaging [ROWS-IN-MILLIONS] [ROUNDS]</pre>
 */
@SuppressWarnings("InlineFormatString") // the data, where a reader looks for it
public final class PackagingMeasurement {
    private static final List<String> FUNCTIONS = List.of("planner", "reader", "writer", "ops");
    private static final Duration IDLE = Duration.ofSeconds(3);
    /** Some 250 bytes a row. */
    private static final String ROWS = """
            create table wide (id bigint primary key, a integer, b integer, amount numeric(12,2), ratio double precision,
                ok boolean, day date, at timestamptz, name varchar(40), note text, filler text);
            insert into wide select i, i %% 1000, i * 7 %% 100000, i %% 1000000 / 100.0, i / 3.0, i %% 2 = 0,
                date '2000-01-01' + (i %% 8000)::integer, timestamptz '2026-01-01' + i * interval '1 second',
                'name ' || i, case when i %% 10 = 0 then null else 'a note on row ' || i end, repeat(md5(i::text), 4)
            from generate_series(1, %d) as i;
            create table tiny as select 1 as id;
            analyze""";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Cluster cluster;
    private final Servers servers;
    private final Path folder;

    private PackagingMeasurement(Cluster cluster, Servers servers, Path folder) {
        this.cluster = cluster;
        this.servers = servers;
        this.folder = folder;
    }

    /** What one start took: seconds, processor seconds, and MiB resident some seconds after. */
    private record Start(double wall, double cpu, long resident) {}

    public static void main(String... args) throws Exception {
        long rows = (long) ((args.length > 0 ? Double.parseDouble(args[0]) : 2) * 1_000_000);
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        Path folder = Files.createTempDirectory("godwit-packaging");
        try (Servers servers = new Servers();
                Cluster cluster = new Cluster(Packaging.JVM, folder, 1, Duration.ofMinutes(2))) {
            Servers.create(servers.of("source"), "source", String.format(Locale.ROOT, ROWS, rows));
            Servers.create(servers.of("target"), "target", "");
            if (cluster.migrate() != 0) {
                throw new IllegalStateException("the control store's schema was not made");
            }
            PackagingMeasurement measurement = new PackagingMeasurement(cluster, servers, folder);
            measurement.move("tiny");
            long begun = System.nanoTime();
            measurement.move("wide");
            System.out.printf(
                    Locale.ROOT,
                    "%nMiB resident at most, a table of %,d rows, %s, moved in %.0f s%n",
                    rows,
                    Servers.rows(servers.of("source"), "source", "select pg_size_pretty(pg_table_size('wide'))"),
                    (System.nanoTime() - begun) / 1e9);
            measurement.peaks();
            measurement.starts(rounds);
        } finally {
            delete(folder);
        }
    }

    private void starts(int rounds) throws Exception {
        Map<String, Packaging> packagings = new LinkedHashMap<>();
        packagings.put("JVM, no archive", Packaging.NO_ARCHIVE);
        packagings.put("JVM", Packaging.JVM);
        try {
            Packaging.NATIVE.process("ops");
            packagings.put("native", Packaging.NATIVE);
        } catch (IllegalStateException notBuilt) {
            System.out.println("native: not built, not measured");
        }
        System.out.printf(
                Locale.ROOT,
                "%nstart to first answered event, median of %d, %d processors%n",
                rounds,
                Runtime.getRuntime().availableProcessors());
        for (String function : FUNCTIONS) {
            EncodedEvent event = eventOf(function);
            for (Map.Entry<String, Packaging> packaging : packagings.entrySet()) {
                Start[] starts = new Start[rounds];
                for (int round = 0; round < rounds; round++) {
                    starts[round] = start(packaging.getValue(), function, event);
                }
                Arrays.sort(starts, Comparator.comparingDouble(Start::wall));
                Start median = starts[rounds / 2];
                System.out.printf(
                        Locale.ROOT,
                        "  %-8s %-16s %.2f s, %.2f CPU s, %d MiB resident %d s later%n",
                        function,
                        packaging.getKey(),
                        median.wall(),
                        median.cpu(),
                        median.resident(),
                        IDLE.toSeconds());
            }
        }
    }

    /** An event that a function of this name has just acted on, and would again. */
    private EncodedEvent eventOf(String function) {
        if (function.equals("planner")) {
            return CloudEventCodec.encode(new Event.Ticked(Instant.now()), EventSource.CLI);
        }
        List<String> types = Arrays.stream(Event.Type.values())
                .filter(type -> type.function().equals(function))
                .map(Event.Type::text)
                .toList();
        BrokerStandIn.Seen seen = cluster.broker().seen().stream()
                .filter(event -> types.contains(event.type()))
                .findFirst()
                .orElseThrow();
        Map<String, String> headers = new TreeMap<>(seen.headers());
        headers.keySet().removeIf(name -> !name.startsWith("ce-") && !name.equals("content-type"));
        return new EncodedEvent(headers, seen.body().getBytes(StandardCharsets.UTF_8));
    }

    private Start start(Packaging packaging, String function, EncodedEvent event) throws Exception {
        long begun = System.nanoTime();
        Instance instance = Instance.start(
                packaging,
                function,
                FreePort.find(),
                cluster.of(function.equals("reader") || function.equals("writer") ? function + "-default" : function)
                        .environment(),
                folder);
        try {
            while (!isAnswered(instance, event)) {
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
            double wall = (System.nanoTime() - begun) / 1e9;
            double cpu =
                    instance.process().info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
            LockSupport.parkNanos(IDLE.toNanos());
            return new Start(wall, cpu, mebibytes(instance, "VmRSS"));
        } finally {
            instance.kill();
        }
    }

    private boolean isAnswered(Instance instance, EncodedEvent event) throws InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(instance.url()).POST(HttpRequest.BodyPublishers.ofByteArray(event.body()));
        event.headers().forEach(request::header);
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException(event + ": " + answer.statusCode() + "\n" + instance);
            }
            return true;
        } catch (IOException notYet) {
            if (!instance.isAlive()) {
                throw new IllegalStateException(instance.toString(), notYet);
            }
            return false;
        }
    }

    /** Moves a table of the source, whole. */
    private void move(String table) throws Exception {
        String text = servers.document("source", "source")
                + servers.document("target", "target")
                + """
                kind: Job
                name: %s
                steps:
                  - name: copy
                    migrate:
                      from: { connection: source, tables: [public.%s] }
                      to: { connection: target, table: public.%s }
                """.formatted(table, table, table);
        cluster.post("/api/jobs", Map.of("name", table + ".yaml", "text", text));
        JsonNode started = cluster.post("/api/runs", Map.of("job", table, "parameters", Map.of()));
        String run = "/api/runs/" + started.path("run").asText();
        cluster.await(Duration.ofMinutes(10), () -> {
            cluster.tick();
            JsonNode view = cluster.get(run);
            if (List.of("FAILED", "CANCELLED").contains(view.path("state").asText())) {
                throw new IllegalStateException(view + "\n" + cluster);
            }
            return view.path("state").asText().equals("COMPLETED");
        });
        String count = "select count(*) from " + table;
        if (!Servers.rows(servers.of("source"), "source", count)
                .equals(Servers.rows(servers.of("target"), "target", count))) {
            throw new IllegalStateException(table + ": not all rows arrived");
        }
    }

    private void peaks() throws IOException {
        for (String name : List.of("planner", "reader-default", "writer-default", "ops")) {
            for (Instance instance : cluster.of(name).alive()) {
                System.out.printf(
                        Locale.ROOT,
                        "  %-15s %d, of that now %d in files, %.1f CPU s%n",
                        name,
                        mebibytes(instance, "VmHWM"),
                        mebibytes(instance, "RssFile"),
                        instance.process()
                                        .info()
                                        .totalCpuDuration()
                                        .orElseThrow()
                                        .toNanos()
                                / 1e9);
            }
        }
    }

    /** A line of {@code /proc/PID/status}, which are in KiB. */
    private static long mebibytes(Instance instance, String what) throws IOException {
        return Files.readAllLines(Path.of(
                                "/proc", Long.toString(instance.process().pid()), "status"))
                        .stream()
                        .filter(line -> line.startsWith(what + ":"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                        .findFirst()
                        .orElseThrow()
                >> 10;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
