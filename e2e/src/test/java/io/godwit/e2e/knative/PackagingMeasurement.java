package io.godwit.e2e.knative;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.godwit.e2e.harness.Servers;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * How soon each function answers its first event, and how much memory it takes, without and with the archive of classes
 * that its image has; then how much each takes at most while a table is moved: {@code mvn -pl e2e -am package
 * -Dtest=PackagingMeasurement -Dsurefire.failIfNoSpecifiedTests=false -Dgodwit.packaging.rows=2000000}.
 */
@EnabledIfSystemProperty(named = "godwit.packaging.rows", matches = "[0-9]+")
class PackagingMeasurement {
    private static final int ROWS = Integer.getInteger("godwit.packaging.rows", 2_000_000);
    private static final int STARTS = 3;
    private static final Path DOCKERFILE = Path.of("..", "knative", "Dockerfile.jvm");

    /** An event of each function, which it refuses: that is an answer too. */
    private static final Map<String, String> EVENTS = Map.of(
            "planner", "io.godwit.subtask.written",
            "reader", "io.godwit.subtask.read",
            "writer", "io.godwit.subtask.write",
            "ops", "io.godwit.run.recorded");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit, before each test
    Path folder;

    @Test
    void measure() throws Exception {
        try (Cluster cluster = new Cluster(Packaging.JVM, folder, 3, Duration.ofMinutes(5))) {
            assertThat(cluster.migrate()).isZero();
            System.out.println("function, archive of classes: first answer s, CPU s until then, resident MiB then");
            for (String function : EVENTS.keySet().stream().sorted().toList()) {
                Files.deleteIfExists(archive(function));
                report(function + ", without", cluster, function);
                train(function);
                report(function + ", with", cluster, function);
            }
            move(cluster);
        } finally {
            for (String function : EVENTS.keySet()) {
                Files.deleteIfExists(archive(function));
            }
        }
    }

    private static Path archive(String function) {
        return Packaging.target(function).resolve("quarkus-app").resolve("classes.jsa");
    }

    /** By the very command of the Dockerfile. */
    private static void train(String function) throws IOException, InterruptedException {
        String file = Files.readString(DOCKERFILE);
        String run = file.substring(file.indexOf("RUN ") + 4, file.indexOf("\n\n", file.indexOf("RUN ")));
        Path app = Packaging.target(function).resolve("quarkus-app");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        "bash", "-c", run.replace("/app/", app + "/").replace(" java -XX", " " + java + " -XX"))
                .directory(app.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(archive(function)).exists();
    }

    private void report(String what, Cluster cluster, String function) throws Exception {
        Map<String, String> environment = new TreeMap<>(cluster.environment());
        environment.put("K_SINK", "http://127.0.0.1:9");
        environment.put("GODWIT_OPS_PLANNER_URL", "http://127.0.0.1:9");
        for (String mover : List.of("READER", "WRITER")) {
            environment.put("GODWIT_POOLS_DEFAULT_" + mover + "_URL", "http://127.0.0.1:9");
        }
        List<Double> seconds = new ArrayList<>();
        List<Double> cpu = new ArrayList<>();
        List<Double> resident = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
            long begun = System.nanoTime();
            Instance instance = Instance.start(Packaging.JVM, function, Service.freePort(), environment, folder);
            try {
                answer(instance, EVENTS.getOrDefault(function, ""));
                seconds.add((System.nanoTime() - begun) / 1e9);
                cpu.add(cpuSeconds(instance.pid()));
                resident.add(mebibytes(instance.pid(), "VmRSS"));
            } finally {
                instance.kill();
            }
        }
        System.out.printf("%s: %s, %s, %s%n", what, sorted(seconds), sorted(cpu), sorted(resident));
    }

    private void answer(Instance instance, String type) throws InterruptedException {
        HttpRequest event = HttpRequest.newBuilder(instance.url())
                .header("ce-specversion", "1.0")
                .header("ce-type", type)
                .header("ce-source", "/godwit/measurement")
                .header("ce-id", "first")
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (instance.isAlive() && System.nanoTime() < deadline) {
            try {
                int status =
                        http.send(event, HttpResponse.BodyHandlers.discarding()).statusCode();
                assertThat(status).as(instance.toString()).isEqualTo(422);
                return;
            } catch (IOException notYet) {
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            }
        }
        throw new AssertionError(instance + " does not answer");
    }

    private static void move(Cluster cluster) throws Exception {
        try (Servers servers = new Servers()) {
            Servers.create(servers.of("source"), "source", """
                    create table rows (id bigint primary key, a text, b numeric(18, 4), c timestamptz, d text);
                    insert into rows select i, md5(i::text), i / 7.0, timestamptz '2026-01-01' + i * interval '1 s',
                        repeat(md5((i + 1)::text), 5) from generate_series(1, %d) i;
                    analyze;""".formatted(ROWS));
            Servers.create(servers.of("target"), "target", "");
            String job = servers.document("source", "source") + servers.document("target", "target") + """
                    kind: Job
                    name: large
                    steps:
                      - name: copy
                        migrate:
                          from: { connection: source, tables: [public.rows] }
                          to: { connection: target, table: public.rows }
                    """;
            cluster.post("/api/jobs", Map.of("name", "job.yaml", "text", job));
            long begun = System.nanoTime();
            String run = cluster.post("/api/runs", Map.of("job", "large", "parameters", Map.of()))
                    .get("run")
                    .asText();
            Map<String, Double> most = new TreeMap<>();
            cluster.await(Duration.ofMinutes(20), () -> {
                cluster.tick();
                for (String service : List.of("planner", "ops", "reader-default", "writer-default")) {
                    for (Instance instance : cluster.of(service).alive()) {
                        most.merge(service, mebibytes(instance.pid(), "VmHWM"), Math::max);
                    }
                }
                JsonNode view = cluster.get("/api/runs/" + run);
                assertThat(view.path("state").asText()).as(view.toString()).isNotIn("FAILED", "CANCELLED");
                return view.path("state").asText().equals("COMPLETED");
            });
            System.out.printf(
                    "%,d rows, %s MB, moved in %.0f s; most resident MiB of any instance: %s%n",
                    ROWS,
                    Servers.rows(servers.of("source"), "source", "select pg_table_size('rows') / 1000000 as n"),
                    (System.nanoTime() - begun) / 1e9,
                    most);
        }
    }

    private static double mebibytes(long pid, String field) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                            .filter(line -> line.startsWith(field + ":"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .max()
                            .orElse(0)
                    / 1024.0;
        } catch (IOException ended) {
            return 0;
        }
    }

    /** User's and system's, of all its threads, in ticks of 10 ms. */
    private static double cpuSeconds(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
    }

    private static List<String> sorted(List<Double> values) {
        return values.stream().sorted().map(value -> "%.2f".formatted(value)).toList();
    }
}
