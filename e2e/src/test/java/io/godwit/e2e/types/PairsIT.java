package io.godwit.e2e.types;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.godwit.e2e.harness.GodwitProcess;
import io.godwit.e2e.harness.GodwitProcess.Result;
import io.godwit.e2e.harness.MariaDb;
import io.godwit.e2e.harness.RunningSystem;
import io.godwit.e2e.harness.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every ordered pair of certified connectors moves tables made to be hard ({@code e2e/pairs}): a table per type with
 * its boundary values, and tables without rows, without keys, with keys of texts, with hundreds of columns, with
 * hostile names. Each row arrives as it was, or is refused and set aside: both sides are read again and compared.
 * {@code docs/pairs.md} is what came of it; {@code -Dgodwit.write=true} writes it anew.
 */
class PairsIT {
    private static final Path PAGE = Path.of("..", "docs", "pairs.md");
    private static final Path TABLES = Path.of("pairs");
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Filled by the pairs from PostgreSQL, which come first. */
    private static final List<String> FILES = List.of("csv", "jsonl");

    private static final List<String> KINDS = List.of("postgresql", "mariadb", "csv", "jsonl");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path home;

    @SuppressWarnings("NullAway.Init")
    private static Servers servers;

    @SuppressWarnings("NullAway.Init")
    private static RunningSystem system;

    @BeforeAll
    static void start() throws Exception {
        servers = new Servers();
        system = RunningSystem.up(home);
        Servers.create(servers.left(), "pairs", script("postgresql"));
        MariaDb.create(servers.mariaDb(), "pairs", script("mariadb"));
    }

    @AfterAll
    static void stop() {
        system.close();
        servers.close();
    }

    /** A table per type: its number keeps names apart. */
    private static String script(String kind) throws IOException {
        StringBuilder script = new StringBuilder(Files.readString(TABLES.resolve(kind + ".sql")));
        types(kind).forEach((table, words) -> {
            script.append("create table " + table + " (id integer primary key, v " + words.get(0) + ");\n");
            for (int i = 1; i < words.size(); i++) {
                script.append("insert into " + table + " values (" + i + ", " + words.get(i) + ");\n");
            }
            script.append("insert into " + table + " values (0, null);\n");
        });
        return script.toString();
    }

    private static String ownTypes() throws IOException {
        return Files.readAllLines(TABLES.resolve("postgresql.sql")).stream()
                .filter(line -> line.matches("create (type|domain) .*"))
                .collect(Collectors.joining("\n"));
    }

    /** By table: the type, and its values. */
    private static Map<String, List<String>> types(String kind) throws IOException {
        Map<String, List<String>> types = new LinkedHashMap<>();
        for (String line : Files.readAllLines(TABLES.resolve(kind + ".types"))) {
            if (!line.startsWith("#")) {
                List<String> words = List.of(line.split(" \\| "));
                types.put("t%02d_%s".formatted(types.size() + 1, words.get(0).replaceAll("[^a-z0-9].*", "")), words);
            }
        }
        return types;
    }

    @Test
    void everyRowOfEveryPairArrivesOrIsRefused() throws Exception {
        StringBuilder page = new StringBuilder("""
                # Pairs

                Every ordered pair of certified connectors, on tables made to be hard. Each row arrived as it was, which reading both sides
                again showed, or was refused and set aside: then how many of how many rows stands here. A row has a type's boundary value; one
                is NULL. "With consent": the plan refuses the pair of types, and says why, until the job names the type under `types:`. The files
                that are read are those written from PostgreSQL. Written by `PairsIT`, which runs them all.
                """);
        SoftAssertions pairs = new SoftAssertions();
        for (String source : KINDS) {
            List<Map<String, String>> targets = new ArrayList<>();
            for (String target : KINDS) {
                Map<String, String> cells = new LinkedHashMap<>();
                pairs.assertThatCode(() -> cells.putAll(move(source, target))).doesNotThrowAnyException();
                targets.add(cells);
            }
            page.append("\n## From ").append(source).append("\n\n| type |");
            KINDS.forEach(target -> page.append(" into ").append(target).append(" |"));
            page.append("\n|---|---|---|---|---|\n");
            types(source.equals("mariadb") ? "mariadb" : "postgresql").forEach((table, words) -> {
                page.append("| `").append(words.get(0)).append("` |");
                for (int i = 0; i < KINDS.size(); i++) {
                    page.append(' ').append(targets.get(i).get(table));
                    page.append(consents(KINDS.get(i)).containsKey(words.get(0)) ? ", with consent |" : " |");
                }
                page.append('\n');
            });
        }
        pairs.assertAll();
        if (Boolean.getBoolean("godwit.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).as("write it anew: -Dgodwit.write=true").hasContent(page.toString());
    }

    /** What became of each table. */
    private static Map<String, String> move(String source, String target) throws Exception {
        String name = source + "-to-" + target;
        String into = "from_" + source;
        if (target.equals("postgresql")) {
            // Types are made by their owner, not by a copy: what the plan refuses without them is a test of its own.
            Servers.create(servers.right(), into, source.equals("postgresql") ? ownTypes() : "");
        } else if (target.equals("mariadb")) {
            MariaDb.create(servers.mariaDb(), into, "");
        }
        Path job = home.resolve(name + ".yaml");
        Files.writeString(
                job,
                connection("from", source, FILES.contains(source) ? "from_postgresql" : "pairs")
                        + connection("into", target, into)
                        + """
                kind: Job
                name: %s
                steps:
                  - name: copy
                    migrate:
                      from: { connection: from, tables: ["*"] }
                      to: { connection: into, table: "%s{table}" }
                      quarantine: { rows: 100000 }
                      types: %s
                """.formatted(name, target.equals("postgresql") ? "public." : "", yaml(consents(target))));
        JsonNode plan = json(GodwitProcess.run(home, "plan", job.toString(), "-o", "json"), name, 0);
        Result ran =
                GodwitProcess.run(home, "run", job.toString(), "-o", "json", "--plan-time", "2026-11-23T02:00:00Z");
        JsonNode run = json(ran, name, ran.exitCode() == 4 ? 4 : 0).path("run");
        long refused = run.at("/total/quarantined/rows").asLong();
        Result validated = GodwitProcess.run(home, "validate", name + ".20261123T020000Z", "-o", "json");
        JsonNode report = json(validated, name, refused == 0 ? 0 : 3);

        Map<String, Long> differences = new LinkedHashMap<>();
        report.path("tables")
                .forEach(table -> differences.put(
                        word(table.path("target").asText()),
                        table.path("differences").asLong()));
        Map<String, String> types = new LinkedHashMap<>();
        plan.at("/plans/0/plan/steps/0/tables")
                .forEach(planned -> planned.at("/table/columns").forEach(column -> {
                    if (column.path("target").asText().equals("v")) {
                        types.put(
                                planned.at("/table/target/name").asText(),
                                column.path("targetNativeType").asText());
                    }
                }));
        Map<String, String> cells = new LinkedHashMap<>();
        List<String> wrong = new ArrayList<>();
        for (JsonNode table : run.path("tables")) {
            String word = word(table.path("target").asText());
            long aside = table.at("/quarantined/rows").asLong();
            long read = table.at("/read/rows").asLong();
            if (differences.getOrDefault(word, -1L) != aside
                    || read != aside + table.at("/written/rows").asLong()) {
                wrong.add(name + ": " + table + " and " + differences.get(word) + " differences");
            }
            cells.put(
                    word, "`" + types.get(word) + "`" + (aside == 0 ? "" : ", " + aside + " of " + read + " refused"));
        }
        assertThat(wrong).as(validated.toString()).isEmpty();
        assertThat(cells)
                .containsKeys(types(FILES.contains(source) ? "postgresql" : source)
                        .keySet()
                        .toArray(String[]::new));
        return cells;
    }

    /** What a plan refuses to do unasked, said in the job, as YAML. */
    private static Map<String, String> consents(String target) {
        return target.equals("mariadb") ? Map.of("money", "numeric(19,2)") : Map.of();
    }

    private static String yaml(Map<String, String> words) {
        return words.entrySet().stream()
                .map(entry -> entry.getKey() + ": \"" + entry.getValue() + "\"")
                .collect(Collectors.joining(", ", "{ ", " }"));
    }

    private static String word(String target) {
        return target.replaceFirst("^into: (public\\.)?", "");
    }

    private static JsonNode json(Result result, String name, int exitCode) throws IOException {
        assertThat(result.exitCode()).as(name + ": " + result).isEqualTo(exitCode);
        return JSON.readTree(result.out());
    }

    private static String connection(String name, String kind, String database) throws IOException {
        return switch (kind) {
            case "postgresql" ->
                servers.document(name.equals("from") ? "source" : "target", database)
                        .replaceFirst("name: .*", "name: " + name);
            case "mariadb" -> servers.mariaDbDocument(name, database);
            default ->
                """
                kind: Connection
                name: %s
                type: file
                database: %s
                options: { format: %s }
                ---
                """.formatted(name, Files.createDirectories(home.resolve("files/" + kind + "/" + database)), kind);
        };
    }
}
