package io.godwit.e2e.types;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.godwit.e2e.harness.GodwitProcess;
import io.godwit.e2e.harness.GodwitProcess.Result;
import io.godwit.e2e.harness.RunningSystem;
import io.godwit.e2e.harness.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every ordered pair of certified connectors moves tables made to be hard ({@code e2e/pairs}): a table per type with
 * its boundary values, and tables without rows, without keys, with keys of texts, with hundreds of columns, with
 * hostile names. Each row arrives as it was, or is refused and set aside: both sides are read again and compared. A
 * source's tables go into all targets in one run, a step for each. {@code docs/pairs.md} is what came of it;
 * {@code -Dgodwit.write=true} writes it anew; {@code -Dgodwit.pairs=csv,mariadb} runs those and PostgreSQL only.
 */
class PairsIT {
    private static final Path PAGE = Path.of("..", "docs", "pairs.md");
    private static final String SOME = System.getProperty("godwit.pairs", "");
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path home;

    @SuppressWarnings("NullAway.Init")
    private static Servers servers;

    @SuppressWarnings("NullAway.Init")
    private static RunningSystem system;

    @SuppressWarnings("NullAway.Init")
    private static List<PairKind> kinds;

    @BeforeAll
    static void start() throws Exception {
        servers = new Servers();
        system = RunningSystem.up(home);
        List<String> some = List.of(SOME.split(","));
        kinds = PairKinds.all(servers, home).stream()
                .filter(kind -> SOME.isEmpty() || kind.name().equals("postgresql") || some.contains(kind.name()))
                .toList();
        for (PairKind kind : kinds) {
            kind.fill();
        }
    }

    @AfterAll
    static void stop() {
        system.close();
        servers.close();
    }

    @Test
    void everyRowOfEveryPairArrivesOrIsRefused() throws Exception {
        StringBuilder page = new StringBuilder("""
                # Pairs

                Every ordered pair of certified connectors, on tables made to be hard. Each row arrived as it was, which reading both sides
                again showed, or was refused and set aside: then how many of how many rows stands here. A row has a type's boundary value; one
                is NULL. "With consent": the plan refuses the pair of types, and says why, until the job names the type under `types:`. What is
                read from files is what was written from PostgreSQL. Written by `PairsIT`, which runs them all.
                """);
        SoftAssertions pairs = new SoftAssertions();
        List<PairKind> sinks = kinds.stream().filter(PairKind::isSink).toList();
        for (PairKind source : kinds.stream().filter(PairKind::isSource).toList()) {
            Map<String, Map<String, String>> targets = new HashMap<>();
            pairs.assertThatCode(() -> targets.putAll(move(source, sinks))).doesNotThrowAnyException();
            page.append("\n## From ").append(source.name()).append("\n\n| type |");
            sinks.forEach(target -> page.append(" into ").append(target.name()).append(" |"));
            page.append("\n|---|").append("---|".repeat(sinks.size())).append('\n');
            source.types().forEach((table, words) -> {
                page.append("| `").append(words.get(0)).append("` |");
                for (PairKind target : sinks) {
                    page.append(' ')
                            .append(targets.getOrDefault(target.name(), Map.of())
                                    .get(table));
                    page.append(target.consents().containsKey(words.get(0)) ? ", with consent |" : " |");
                }
                page.append('\n');
            });
        }
        pairs.assertAll();
        if (Boolean.getBoolean("godwit.write")) {
            Files.writeString(PAGE, page);
        }
        if (SOME.isEmpty()) {
            assertThat(PAGE).as("write it anew: -Dgodwit.write=true").hasContent(page.toString());
        }
    }

    /** What became of each table, by target. */
    private static Map<String, Map<String, String>> move(PairKind source, List<PairKind> targets) throws Exception {
        String name = "from-" + source.name();
        Path job = home.resolve(name + ".yaml");
        Files.writeString(job, job(source, name, targets));
        JsonNode plan = json(GodwitProcess.run(home, "plan", job.toString(), "-o", "json"), name, 0);
        Result ran =
                GodwitProcess.run(home, "run", job.toString(), "-o", "json", "--plan-time", "2026-11-23T02:00:00Z");
        JsonNode run = json(ran, name, ran.exitCode() == 4 ? 4 : 0).path("run");
        Result validated = GodwitProcess.run(home, "validate", name + ".20261123T020000Z", "-o", "json");
        Map<String, JsonNode> comparisons = new HashMap<>();
        json(validated, name, 0)
                .path("tables")
                .forEach(table -> comparisons.put(table.path("target").asText(), table));
        Map<String, String> types = new HashMap<>();
        plan.at("/plans/0/plan/steps")
                .forEach(step -> step.path("tables")
                        .forEach(planned -> planned.at("/table/columns").forEach(column -> {
                            if (column.path("target").asText().equals("v")) {
                                types.put(
                                        planned.at("/table/sink/name").asText() + "/"
                                                + planned.at("/table/target/name")
                                                        .asText(),
                                        column.path("targetNativeType").asText());
                            }
                        })));
        Map<String, Map<String, String>> cells = new HashMap<>();
        List<String> wrong = new ArrayList<>();
        for (JsonNode table : run.path("tables")) {
            String target = table.path("target").asText();
            long aside = table.at("/quarantined/rows").asLong();
            long read = table.at("/read/rows").asLong();
            long written = table.at("/written/rows").asLong();
            JsonNode compared = comparisons.getOrDefault(target, MissingNode.getInstance());
            if (read != aside + written
                    || compared.path("targetRows").asLong(-1) != written
                    || compared.path("sourceRows").asLong()
                            != written + compared.path("refusedRows").asLong()
                    || compared.path("refusedRows").asLong() > aside) {
                wrong.add(name + ": " + table + " and " + compared);
            }
            String connection = target.substring(0, target.indexOf(':'));
            String word = target.replaceFirst("^[^:]*: (public\\.)?", "");
            String kind = connection.replaceFirst("^into_", "");
            if (source.types().containsKey(word)) {
                wrong.addAll(unlike(source, word, kind, aside));
            }
            cells.computeIfAbsent(kind, into -> new LinkedHashMap<>())
                    .put(
                            word,
                            "`" + types.get(connection + "/" + word) + "`"
                                    + (aside == 0 ? "" : ", " + aside + " of " + read + " refused"));
        }
        assertThat(wrong).as(validated.toString()).isEmpty();
        for (PairKind target : targets) {
            assertThat(cells.get(target.name()))
                    .containsKeys(source.types().keySet().toArray(String[]::new));
        }
        return cells;
    }

    /** Values that are not the same on both sides, seen without Godwit, where both kinds are looked at. */
    private static List<String> unlike(PairKind source, String table, String kind, long aside) throws Exception {
        PairKind target = kinds.stream()
                .filter(one -> one.name().equals(kind))
                .findFirst()
                .orElseThrow();
        Optional<Map<String, JsonNode>> from = source.seen(PairKind.HARD, table);
        Optional<Map<String, JsonNode>> into = from.isEmpty() ? from : target.seen("from_" + source.name(), table);
        if (from.isEmpty() || into.isEmpty()) {
            return List.of();
        }
        List<String> unlike = new ArrayList<>();
        if (into.get().size() + aside != from.get().size()) {
            unlike.add(table + " in " + kind + ": " + into.get().size() + " rows");
        }
        for (Map.Entry<String, JsonNode> value : into.get().entrySet()) {
            JsonNode original = from.get().getOrDefault(value.getKey(), MissingNode.getInstance());
            if (!isSame(original, value.getValue())) {
                unlike.add(table + " in " + kind + ": " + original + " is " + value.getValue());
            }
        }
        return unlike;
    }

    /** Whether a value of JSON is what a text says. */
    private static boolean isSame(JsonNode text, JsonNode value) throws IOException {
        if (text.isNull()) {
            return value.isNull() || value.isMissingNode();
        }
        if (value.isTextual()) {
            return text.equals(value) || text.asText().equals(value.toString());
        }
        return JSON.readTree(text.asText()).equals(PairsIT::byValue, value);
    }

    private static int byValue(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
    }

    private static String job(PairKind source, String name, List<PairKind> targets) throws Exception {
        StringBuilder documents =
                new StringBuilder(source.document("from", source.hasLists() ? PairKind.HARD : "from_postgresql"));
        StringBuilder steps = new StringBuilder();
        for (PairKind target : targets) {
            String into = "from_" + source.name();
            target.create(into, source);
            documents.append(target.document("into_" + target.name(), into));
            steps.append("""
                      - name: into-%s
                        needs: []
                        migrate:
                          from: { connection: from, tables: ["*"], except: [%s] }
                          to: { connection: into_%s, table: "%s" }
                          quarantine: { rows: 100000 }
                          types: %s
                    """.formatted(
                            target.name(),
                            String.join(", ", target.except()),
                            target.name(),
                            target.table(),
                            yaml(target.consents())));
        }
        return documents + "kind: Job\nname: " + name + "\nsteps:\n" + steps;
    }

    @Test
    void planRefusesATableThatASinkCannotHave() throws Exception {
        PairKind source = kinds.get(0);
        for (PairKind target : kinds) {
            target.create("refused", source);
            for (Map.Entry<String, String> table : target.without().entrySet()) {
                Path job = home.resolve("refused-" + target.name() + ".yaml");
                Files.writeString(
                        job,
                        source.document("from", PairKind.HARD)
                                + target.document("into", "refused")
                                + """
                        kind: Job
                        name: refused
                        steps:
                          - name: copy
                            migrate:
                              from: { connection: from, tables: [public.%s] }
                              to: { connection: into, table: "%s" }
                        """.formatted(table.getKey(), target.table()));
                Result planned = GodwitProcess.run(home, "plan", job.toString());
                assertThat(planned.exitCode()).as(planned.toString()).isEqualTo(2);
                assertThat(planned.toString()).contains("NOT_SUPPORTED", table.getKey(), table.getValue());
            }
        }
    }

    private static String yaml(Map<String, String> words) {
        return words.entrySet().stream()
                .map(entry -> entry.getKey() + ": \"" + entry.getValue() + "\"")
                .collect(Collectors.joining(", ", "{ ", " }"));
    }

    private static JsonNode json(Result result, String name, int exitCode) throws IOException {
        assertThat(result.exitCode()).as(name + ": " + result).isEqualTo(exitCode);
        return JSON.readTree(result.out());
    }
}
