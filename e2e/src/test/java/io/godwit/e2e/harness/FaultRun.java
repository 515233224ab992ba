package io.godwit.e2e.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.godwit.core.event.Event.SubtaskWrite;
import io.godwit.core.exchange.BatchRange;
import io.godwit.core.exchange.Lane;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.Digest;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import io.godwit.e2e.harness.GodwitProcess.Result;
import io.godwit.embedded.EmbeddedPostgres;
import io.godwit.platform.event.CloudEventCodec;
import io.godwit.platform.event.EncodedEvent;
import io.godwit.platform.event.EventSource;
import java.io.IOException;
import java.io.Reader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/**
 * One run under fault: {@code godwit up} in a home of its own, a job of many small subtasks, and the means to harm
 * them.
 */
public final class FaultRun implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** For a run that never ends; on a busy machine of two cores one that does may take two minutes. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final int KILLED = 128 + 9;
    /** What is compared of each table: columns that look alike in every kind of target. */
    private static final Map<String, List<String>> TABLES = Map.of(
            "orders", List.of("id", "who", "amount"),
            "lines", List.of("o", "n", "what"),
            "texts", List.of("k"));

    private static final String JOB = """
            kind: Job
            name: faults
            steps:
              - name: copy
                migrate:
                  from: { connection: source, tables: [public.*] }
                  to: { connection: target, table: "%s" }
                  splitSize: 64KiB
            """;

    private final Servers servers;
    private final FaultTarget target;
    private final Path home;
    private final RunningSystem system;
    private final String run;

    private FaultRun(Servers servers, FaultTarget target, Path home, RunningSystem system, String run) {
        this.servers = servers;
        this.target = target;
        this.home = home;
        this.system = system;
        this.run = run;
    }

    /** Makes the source: some fifty subtasks in three tables with keys of each sort. */
    public static void fill(Servers servers) throws SQLException {
        Servers.create(servers.of("source"), "source", """
                create table orders (id bigint primary key, who text, amount numeric(12,2), at timestamptz);
                create table lines (o integer, n integer, what text, primary key (o, n));
                create table texts (k text primary key, v jsonb);
                insert into orders select i, 'who ' || i, i / 4.0, timestamptz '2026-01-01' + i * interval '1 s' from generate_series(1, 30000) i;
                insert into lines select i / 5, i % 5, repeat('x', i % 60) from generate_series(1, 25000) i;
                insert into texts select 'k' || md5(i::text), jsonb_build_object('i', i) from generate_series(1, 15000) i;
                analyze;""");
    }

    /** Starts the system in a home; in a new one it also starts the run, in an old one the run goes on. */
    public static FaultRun start(Servers servers, Path home, String... settings) throws Exception {
        return start(servers, FaultTarget.postgresql(servers), home, settings);
    }

    /** The same into another target. */
    public static FaultRun start(Servers servers, FaultTarget target, Path home, String... settings) throws Exception {
        boolean fresh = Files.notExists(home.resolve("run.txt"));
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("godwit.planner.lease.floor=PT2S");
        all.add("godwit.planner.duty.lease=PT5S");
        all.add("godwit.planner.outbox.age=PT3S");
        all.add("godwit.local.deadline=PT20S");
        RunningSystem system = RunningSystem.up(home, all.toArray(String[]::new));
        if (fresh) {
            target.create();
            String file = servers.document("source", "source") + target.document() + JOB.formatted(target.table());
            post(system, "/api/jobs", Map.of("name", "faults.yaml", "text", file));
            JsonNode started = post(system, "/api/runs", Map.of("job", "faults", "parameters", Map.of()));
            Files.writeString(home.resolve("run.txt"), started.get("run").asText());
        }
        return new FaultRun(servers, target, home, system, Files.readString(home.resolve("run.txt")));
    }

    private static JsonNode post(RunningSystem system, String path, Map<String, ?> body) throws IOException {
        HttpResponse<String> response =
                system.send("POST", path, JSON.writeValueAsString(body), Map.of("Content-Type", "application/json"));
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return JSON.readTree(response.body());
    }

    private JsonNode view() throws IOException {
        HttpResponse<String> response = system.send("GET", "/api/runs/" + run, null, Map.of());
        return response.statusCode() == 200 ? JSON.readTree(response.body()) : JSON.createObjectNode();
    }

    private String state() throws IOException {
        return view().path("state").asText("");
    }

    /** Waits for the run's end. */
    public void await() {
        await("the run to end", () -> !isUnderWay());
    }

    /** Starts, and waits for the process's own end. If the run ends before, there was nothing left to die at: false. */
    public static boolean startAndDie(Servers servers, FaultTarget target, Path home, String... settings)
            throws Exception {
        try (FaultRun run = start(servers, target, home, settings)) {
            run.await(
                    "the process to die", () -> !run.system.process().process().isAlive() || !run.isUnderWay());
            return !run.system.process().process().isAlive();
        } catch (RunningSystem.NotUp e) {
            // The run went on, and was killed, before the process said that it is up.
            if (e.exitCode() == KILLED) {
                return true;
            }
            throw e;
        }
    }

    private String stateOrNothing() {
        try {
            return state();
        } catch (IOException | RuntimeException beingKilled) {
            return "";
        }
    }

    /** Waits until so many more subtasks are written, or the run has ended. */
    public void awaitSubtasks(int more) throws IOException {
        int wanted = written() + more;
        await(
                more + " more subtasks",
                () -> written() >= wanted || stateOrNothing().equals("COMPLETED"));
    }

    private int written() {
        try {
            return view().path("total").path("subtasksWritten").asInt(0);
        } catch (IOException | RuntimeException beingKilled) {
            return -1;
        }
    }

    private void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited " + PATIENCE + " for " + what + "; the run is " + stateOrNothing()
                        + "\n" + log() + "\n" + threads());
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    /** The run completed, and both sides hold the same rows. */
    public void isExact() throws Exception {
        JsonNode view = view();
        assertThat(view.path("state").asText())
                .as(view.path("error") + "\n" + log())
                .isEqualTo("COMPLETED");
        for (Map.Entry<String, List<String>> table : TABLES.entrySet()) {
            assertThat(plain(target.rows(table.getKey(), table.getValue())))
                    .as(table.getKey())
                    .isEqualTo(plain(Servers.rows(
                            servers.of("source"), "source", target.expected(table.getKey(), table.getValue()))));
        }
        target.isCleared();
        // The other columns, too.
        Result validated = GodwitProcess.run(home, "validate", run);
        assertThat(validated.exitCode()).as(validated.toString()).isZero();
    }

    /** Without what a server writes around a row. */
    private static List<String> plain(List<String> rows) {
        return rows.stream()
                .map(row -> row.replaceAll("^\\(\"?|\"?\\)$", ""))
                .sorted()
                .toList();
    }

    /** How often a function was interrupted. */
    public long interruptions() {
        return log().lines()
                .filter(line -> line.contains(" is interrupted at "))
                .count();
    }

    /** How many events were doubled, delayed or lost. */
    public long distortedEvents() {
        return log().lines().filter(line -> line.contains(" is distorted: ")).count();
    }

    /** Whether there is still something to harm. */
    public boolean isUnderWay() {
        return !List.of("COMPLETED", "FAILED", "CANCELLED").contains(stateOrNothing());
    }

    /** Kills source, target, store or kafka with -9; the user's own servers are started again at once. */
    public void kill(String victim) {
        switch (victim) {
            case "source" -> bounce(servers.of("source"));
            case "target" -> target.kill();
            case "kafka" -> killChild("org.apache.kafka");
            default -> killChild(home.resolve("postgres").toString());
        }
    }

    private static void bounce(EmbeddedPostgres server) {
        server.kill();
        server.start();
    }

    private void killChild(String mark) {
        try (Stream<ProcessHandle> children = system.process().process().descendants()) {
            children.filter(child -> child.info().commandLine().orElse("").contains(mark))
                    .forEach(ProcessHandle::destroyForcibly);
        }
    }

    public void cancel() throws IOException {
        post(system, "/api/runs/" + run + "/cancel", Map.of());
        await();
    }

    /** As many rows as the ledger says; of a target that shows rows all at once, none of a run that was cancelled. */
    public void holdsWhatTheLedgerSays() throws Exception {
        target.isWhatTheLedgerSays();
    }

    /** Deletes every record that the exchange holds at this moment. */
    public void deleteRecords() throws Exception {
        Properties broker = new Properties();
        try (Stream<Path> files = Files.walk(home.resolve("kafka"), 2)) {
            Path properties = files.filter(file -> file.endsWith("broker.properties"))
                    .findFirst()
                    .orElseThrow();
            try (Reader reader = Files.newBufferedReader(properties)) {
                broker.load(reader);
            }
        }
        String address = broker.getProperty("advertised.listeners").replaceFirst(".*//", "");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
            String topic = "godwit.rows.default";
            TopicDescription described = Objects.requireNonNull(admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(30, TimeUnit.SECONDS)
                    .get(topic));
            int partitions = described.partitions().size();
            for (int i = 0; i < partitions; i++) {
                // -1: up to the high watermark.
                all.put(new TopicPartition(topic, i), RecordsToDelete.beforeOffset(-1));
            }
            admin.deleteRecords(all).all().get(30, TimeUnit.SECONDS);
        }
    }

    /** Sends the writers an event for each of the run's first subtasks, as a broker may that kept them for days. */
    public void replayWriteEvents() {
        for (int split = 0; split < 5; split++) {
            SubtaskId subtask = SubtaskId.of(new StepId(run + "/copy"), 0, split);
            SubtaskWrite stale = new SubtaskWrite(
                    subtask,
                    subtask.step() + "/0",
                    "default",
                    new AttemptId("0"),
                    new BatchRange(new Lane("godwit.rows.default", 0), 0, 9, 1),
                    new Tally(1, 10, Digest.EMPTY),
                    1);
            EncodedEvent event = CloudEventCodec.encode(stale, EventSource.PLANNER);
            HttpResponse<String> answer =
                    system.send("POST", "/", new String(event.body(), StandardCharsets.UTF_8), event.headers());
            assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        }
    }

    /** Where each of the system's threads stands. */
    private String threads() {
        try {
            Process jstack = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jstack")
                                    .toString(),
                            "-l",
                            String.valueOf(system.process().process().pid()))
                    .redirectErrorStream(true)
                    .start();
            return new String(jstack.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "no thread dump: " + e;
        }
    }

    /** What the system wrote into its log. */
    public String log() {
        try {
            return Files.readString(home.resolve("godwit.log"));
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    @Override
    public void close() {
        system.process().kill();
    }
}
