package io.godwit.e2e.knative;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.godwit.core.event.Event;
import io.godwit.e2e.harness.Scenario;
import io.godwit.e2e.harness.Servers;
import io.godwit.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the four programs tell of themselves while they move a database: metrics, a trace, logs, dead letters. */
@Timeout(300)
class ObservedProgramsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CANARY = "correct horse";
    private static final Pattern METRIC = Pattern.compile("\\b(godwit|agroal|process|jvm|system)_[a-z_]+\\b");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    /** By function and sample, the most that an instance showed: instances come and go, and begin at nothing. */
    private final Map<String, Map<String, Double>> scraped = new TreeMap<>();

    private String lastRun = "";

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit, before each test
    Path folder;

    @Test
    void runIsSeenInMetricsInOneTraceAndInJsonLines() throws Exception {
        Scenario scenario = new Scenario(Path.of("scenarios", "entire-database"));
        try (Servers servers = new Servers();
                Cluster cluster = new Cluster(Packaging.JVM, folder, 11, Duration.ofMinutes(1));
                TopicTap topics = cluster.tap(CANARY);
                TopicTap rows = cluster.tap(TopicTap.OF_A_ROW)) {
            Path job = scenario.prepare(servers, folder).get(0);
            assertThat(cluster.migrate()).isZero();
            cluster.post("/api/jobs", Map.of("name", "job.yaml", "text", Files.readString(job)));
            String run = start(cluster);
            scrapeUntilCompleted(cluster, run);

            assertThatItIsOneTrace(cluster.broker().seen(), run);
            assertThatWhatNoFunctionTakesIsADeadLetterOnce(cluster);
            assertThatNoEventAnswerOrTableHoldsTheSecret(cluster, servers, run);
            assertThat(topics.subtasks()).isNotEmpty().allMatch(subtask -> subtask.startsWith(run + "/"));
            assertThat(topics.holding()).isEmpty();
            assertThat(rows.holding())
                    .as("what FourProgramsIT looks for in vain")
                    .isNotEmpty();
        }
        assertThatMetricsTellWhatWasDone();
        assertThatTheDashboardAsksForWhatThereIs();
        assertThatLogsAreJsonWithoutSecrets(lastRun);
    }

    private String start(Cluster cluster) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(cluster.of("ops").url().resolve("/api/runs"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + cluster.issuer().token("operator"))
                .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
                .POST(HttpRequest.BodyPublishers.ofString("{\"job\": \"entire-database\", \"parameters\": {}}"))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        lastRun = JSON.readTree(answer.body()).get("run").asText();
        return lastRun;
    }

    private void scrapeUntilCompleted(Cluster cluster, String run) throws Exception {
        long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        JsonNode view;
        do {
            assertThat(System.nanoTime()).as(cluster.toString()).isLessThan(deadline);
            // As PingSource does: without it nobody goes on with what a planner that went to zero has left.
            cluster.tick();
            LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
            for (String service : List.of("planner", "reader-default", "writer-default", "ops")) {
                for (URI instance : cluster.of(service).instances()) {
                    scrape(service.replace("-default", ""), instance);
                }
            }
            view = cluster.get("/api/runs/" + run);
            assertThat(view.path("state").asText()).isNotIn("FAILED", "CANCELLED");
        } while (!view.path("state").asText().equals("COMPLETED"));
    }

    private void scrape(String function, URI instance) throws InterruptedException {
        try {
            HttpRequest direct =
                    HttpRequest.newBuilder(instance.resolve("/q/metrics")).build();
            HttpResponse<String> answer = http.send(direct, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                assertThat(answer.body()).doesNotContain(CANARY).doesNotContain(lastRun);
                Map<String, Double> samples = scraped.computeIfAbsent(function, name -> new TreeMap<>());
                answer.body()
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .forEach(line -> samples.merge(
                                line.substring(0, line.lastIndexOf(' ')),
                                Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)),
                                Math::max));
                HttpRequest proxied = HttpRequest.newBuilder(instance.resolve("/q/metrics"))
                        .header("X-Forwarded-For", "10.0.0.1")
                        .build();
                assertThat(http.send(proxied, HttpResponse.BodyHandlers.discarding())
                                .statusCode())
                        .isEqualTo(404);
            }
        } catch (IOException notThere) {
            // It starts, or has ended in between.
        }
    }

    private static void assertThatItIsOneTrace(List<BrokerStandIn.Seen> seen, String run) {
        for (Event.Type type : List.of(
                Event.Type.SUBTASK_READ, Event.Type.ROWS_READY, Event.Type.SUBTASK_WRITE, Event.Type.SUBTASK_WRITTEN)) {
            List<BrokerStandIn.Seen> ofType = seen.stream()
                    .filter(event ->
                            event.type().equals(type.text()) && event.subject().startsWith(run))
                    .toList();
            assertThat(ofType)
                    .as(type.text())
                    .isNotEmpty()
                    .allSatisfy(event -> assertThat(event.traceparent()).startsWith("00-" + TRACE + "-"));
        }
    }

    private static void assertThatWhatNoFunctionTakesIsADeadLetterOnce(Cluster cluster) {
        Map<String, String> headers = Map.of(
                "ce-specversion", "1.0",
                "ce-type", "io.godwit.subtask.written",
                "ce-source", "/godwit/writer",
                "ce-id", "poison",
                "ce-subject", "shop.20261122T020000Z/copy/0/0",
                "content-type", "application/json");
        for (int i = 0; i < 3; i++) {
            cluster.publish(headers, "{\"subtask\": 7}".getBytes(StandardCharsets.UTF_8));
        }
        cluster.await(
                Duration.ofMinutes(1),
                () -> cluster.broker().deadLetters().size() >= 3
                        && cluster.broker().underWay() == 0);

        JsonNode letters = cluster.get("/api/dead-letters?run=shop.20261122T020000Z");
        assertThat(letters).as(cluster.toString()).hasSize(1);
        assertThat(letters.at("/0/letter/id").asText()).isEqualTo("poison");
        assertThat(letters.at("/0/letter/code").asText()).isEqualTo("422");
        assertThat(letters.at("/0/times").asInt()).isGreaterThanOrEqualTo(3);
        // Not tried again by the function that refused it: one request for each time that it was sent.
        assertThat(cluster.broker().deadLetters()).allMatch(letter -> letter.endsWith(": 422"));
    }

    private static void assertThatNoEventAnswerOrTableHoldsTheSecret(Cluster cluster, Servers servers, String run)
            throws SQLException {
        assertThat(cluster.broker().seen())
                .allSatisfy(event -> assertThat(event.text()).doesNotContain(CANARY));
        for (String path : List.of("jobs", "runs", "runs/" + run, "runs/" + run + "/facts", "dead-letters")) {
            assertThat(cluster.get("/api/" + path).toString()).as(path).doesNotContain(CANARY);
        }
        assertThat(tablesThatHold(cluster.store(), "postgres")).isEmpty();
        assertThat(tablesThatHold(servers.right(), "target")).isEmpty();
    }

    /** Tables of Godwit's own with the secret in a row; there must be some to look into. */
    private static List<String> tablesThatHold(EmbeddedPostgres server, String database) throws SQLException {
        List<String> tables = Servers.rows(
                server,
                database,
                "select format('%I.%I', schemaname, tablename) from pg_tables"
                        + " where schemaname in ('planner', 'ops', 'godwit')");
        assertThat(tables).isNotEmpty();
        List<String> holding = new ArrayList<>();
        for (String row : tables) {
            // A row is its fields in brackets.
            String table = row.substring(1, row.length() - 1);
            String rows = "select 1 as n from " + table + " t where t::text like '%" + CANARY + "%'";
            if (!Servers.rows(server, database, rows).isEmpty()) {
                holding.add(table);
            }
        }
        return holding;
    }

    private void assertThatMetricsTellWhatWasDone() {
        assertThat(scraped).containsOnlyKeys("planner", "reader", "writer", "ops");
        for (String mover : List.of("reader", "writer")) {
            assertThat(sum(mover, "godwit_rows_total")).as(mover).isPositive();
            assertThat(sum(mover, "godwit_moved_bytes_total")).as(mover).isPositive();
            assertThat(sum(mover, "godwit_batch_seconds_count")).as(mover).isPositive();
        }
        assertThat(sum("writer", "godwit_commit_seconds_count")).isPositive();
        assertThat(sum("planner", "godwit_subtask_changes_total")).isPositive();
        assertThat(exposed()).contains("godwit_backlog_offsets", "agroal_active_count");
    }

    /** A metric of a function, added up over its tags. */
    private double sum(String function, String metric) {
        return scraped.getOrDefault(function, Map.of()).entrySet().stream()
                .filter(sample -> nameOf(sample.getKey()).equals(metric))
                .mapToDouble(Map.Entry::getValue)
                .filter(value -> !Double.isNaN(value))
                .sum();
    }

    private Set<String> exposed() {
        return scraped.values().stream()
                .flatMap(samples -> samples.keySet().stream())
                .map(ObservedProgramsIT::nameOf)
                .collect(Collectors.toSet());
    }

    private static String nameOf(String sample) {
        return sample.split("\\{", 2)[0];
    }

    private void assertThatTheDashboardAsksForWhatThereIs() throws IOException {
        Set<String> exposed = exposed();
        JsonNode dashboard =
                JSON.readTree(Path.of("../knative/dashboards/godwit.json").toFile());
        List<String> queries = new ArrayList<>();
        dashboard.findValues("expr").forEach(query -> queries.add(query.asText()));
        assertThat(queries).isNotEmpty();
        for (String query : queries) {
            Set<String> asked = new TreeSet<>();
            Matcher names = METRIC.matcher(query);
            while (names.find()) {
                asked.add(names.group());
            }
            assertThat(asked).as(query).isNotEmpty();
            assertThat(exposed).as(query).containsAll(asked);
        }
    }

    private void assertThatLogsAreJsonWithoutSecrets(String run) throws IOException {
        int ofSubtasks = 0;
        List<Path> logs;
        try (Stream<Path> files = Files.list(folder)) {
            logs = files.filter(file -> file.toString().endsWith(".log")).toList();
        }
        for (Path log : logs) {
            for (String line : Files.readAllLines(log)) {
                assertThat(line).doesNotContain(CANARY);
                JsonNode entry = JSON.readTree(line);
                assertThat(entry.path("message").isTextual()).as(line).isTrue();
                JsonNode fields = entry.path("mdc");
                if (fields.has("subtask") && fields.has("attempt")) {
                    ofSubtasks++;
                    assertThat(fields.path("run").asText()).isEqualTo(run);
                    assertThat(fields.path("subtask").asText()).startsWith(run + "/");
                }
            }
        }
        assertThat(ofSubtasks).isPositive();
    }
}
