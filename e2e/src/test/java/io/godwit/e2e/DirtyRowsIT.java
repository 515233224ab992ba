package io.godwit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.e2e.harness.GodwitProcess;
import io.godwit.e2e.harness.GodwitProcess.Result;
import io.godwit.e2e.harness.RunningSystem;
import io.godwit.e2e.harness.Servers;
import io.godwit.e2e.harness.WrittenIndices;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows that cannot be read, converted or written: all of them are kept, counted together, and shown by their places.
 */
class DirtyRowsIT {
    /** Line 4 has a field too many, line 6 is no CSV, line 8 has no number, line 9 is refused by the target. */
    private static final String PEOPLE = """
            id,name,born
            1,"Ada",1815
            2,"Grace",1906
            3,"canary-7d20","x",9
            4,"Alan",1912
            5,"canary-7d20"x,1
            6,"Edsger",1930
            canary-7d20,"Tony",1934
            -8,"Barbara",1939
            9,"two
            lines",1940
            10,"Kurt",canary-7d20
            11,"Emmy",1882
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path home;

    @SuppressWarnings("NullAway.Init")
    private static Servers servers;

    /** The command finds it in its home, and gives it the work. */
    @SuppressWarnings("NullAway.Init")
    private static RunningSystem system;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @BeforeAll
    static void start() {
        servers = new Servers();
        system = RunningSystem.up(home);
    }

    @AfterAll
    static void stop() {
        system.close();
        servers.close();
    }

    @BeforeEach
    void source() throws Exception {
        Files.writeString(folder.resolve("people.csv"), PEOPLE);
        Files.writeString(folder.resolve("people_schema.json"), """
                {"version": 1, "columns": [{"name": "id", "type": "int8"}, {"name": "name", "type": "text"},
                 {"name": "born", "type": "text"}]}""");
        Servers.create(
                servers.right(),
                "target",
                "create table people (id int8 primary key check (id > 0), name text not null, born int4);");
    }

    @Test
    void malformedRowsFailTheRunWithTheirPlaceWhereNoneAreAllowed() throws Exception {
        Result result = run("none-allowed", "");

        assertThat(result.exitCode()).as(result.toString()).isEqualTo(1);
        assertThat(result.err()).contains("ROW_NOT_CONVERTIBLE", "people.csv, line 4", "quarantine");
        assertThat(result.toString()).doesNotContain("canary-7d20");
    }

    @Test
    void rowsThatAnybodyRefusesAreKeptAndShownByFileAndLine() throws Exception {
        Result result = run("kept", "quarantine: { rows: 5 }", "--plan-time", "2026-11-22T02:00:00Z");

        assertThat(result.exitCode()).as(result.toString()).isEqualTo(4);
        assertThat(result.out()).contains("6 rows  5 quarantined  0 differences");
        assertThat(Servers.rows(servers.right(), "target", "select id from people"))
                .containsExactlyInAnyOrder("(1)", "(2)", "(4)", "(6)", "(9)", "(11)");
        Result listed = GodwitProcess.run(home, "quarantine", "kept.20261122T020000Z");
        assertThat(listed.out())
                .contains(
                        "people.csv, line 4  ",
                        "a row of 4 fields, where there are 3 columns",
                        "people.csv, line 6  ",
                        "people.csv, line 8  ",
                        "column id: not a value of int8",
                        "people.csv, line 12  ",
                        "column born: a value cannot be computed",
                        "no key",
                        "23514");
        assertThat(listed.toString() + result).doesNotContain("canary-7d20");
        Path export = folder.resolve("export");
        Result exported = GodwitProcess.run(home, "quarantine", "kept.20261122T020000Z", "--export", export.toString());
        assertThat(exported.exitCode()).as(exported.toString()).isZero();
        assertThat(export.resolve("public/people_raw.txt")).hasContent("""
                3,"canary-7d20","x",9
                5,"canary-7d20"x,1
                canary-7d20,"Tony",1934
                """);
        assertThat(export.resolve("public/people_source.csv")).hasContent("""
                "id","name","born"
                "10","Kurt","canary-7d20"
                """);
        assertThat(export.resolve("public/people.csv")).hasContent("""
                "id","name","born"
                "-8","Barbara","1939"
                """);
        assertThat(Files.readString(home.resolve("godwit.log"), StandardCharsets.UTF_8))
                .doesNotContain("canary-7d20");
    }

    /** What is in quarantine is accounted for, whoever refused it; what is lost besides is not. */
    @Test
    void deepValidationTakesWhatTheTargetRefusedIntoAccount() throws Exception {
        String run = "deep.20261122T020000Z";
        Result result = run("deep", "quarantine: { rows: 5 }, validate: deep", "--plan-time", "2026-11-22T02:00:00Z");
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(4);
        Result equal = GodwitProcess.run(home, "validate", run);
        assertThat(equal.exitCode()).as(equal.toString()).isZero();
        assertThat(equal.out()).containsPattern("people +7 +6 +1 +0");

        Servers.execute(servers.right(), "target", "delete from people where id in (1, 9)");
        Result lost = GodwitProcess.run(home, "validate", run);
        assertThat(lost.exitCode()).as(lost.toString()).isEqualTo(3);
        assertThat(lost.out()).contains("  missing", "DIFFERENT  2 rows");

        Servers.execute(
                servers.right(),
                "target",
                "insert into people values (1, 'Ada', 1815), (9, 'two' || chr(10) || 'lines', 1940);"
                        + "alter table people drop constraint people_id_check");
        Result replayed = GodwitProcess.run(home, "quarantine", run, "--replay");
        assertThat(replayed.exitCode()).as(replayed.toString()).isEqualTo(4);
        assertThat(GodwitProcess.run(home, "validate", run).out()).containsPattern("people +7 +7 +0 +0");
    }

    /** Each of both kinds alone is within the limit. */
    @Test
    void limitHoldsForRowsThatTheReaderAndTheTargetRefuseTogether() throws Exception {
        Result result = run("together", "quarantine: { rows: 4 }");

        assertThat(result.exitCode()).as(result.toString()).isEqualTo(1);
        assertThat(result.err()).contains("QUARANTINE_FULL", "people.csv, line 4: a row of 4 fields");
        assertThat(result.toString()).doesNotContain("canary-7d20");
        assertThat(Servers.rows(servers.right(), "target", "select id from people"))
                .isEmpty();
    }

    /** Each replay takes what it can; what is refused again stays with the run that refused it first. */
    @Test
    void replaysWriteWhatIsMendedAndCloseTheCountOfTheirRun() throws Exception {
        String run = "mended.20261122T020000Z";
        Result first = run("mended", "quarantine: { rows: 5 }", "--plan-time", "2026-11-22T02:00:00Z");
        assertThat(first.exitCode()).as(first.toString()).isEqualTo(4);

        Servers.execute(servers.right(), "target", "alter table people drop constraint people_id_check");
        Result byTarget = GodwitProcess.run(home, "quarantine", run, "--replay");
        assertThat(byTarget.exitCode()).as(byTarget.toString()).isEqualTo(4);
        assertThat(byTarget.out()).contains("1 rows  4 quarantined", "It replays quarantined rows of " + run);
        assertThat(GodwitProcess.run(home, "status", run).out()).contains("5 quarantined (1 replayed, 4 open)");

        Path mended = job(
                "mended", "coalesce(cast(regex_extract(born, '^([0-9]+)$', 1) as int4), 0)", "quarantine: { rows: 5 }");
        Result byMapping = GodwitProcess.run(home, "quarantine", run, "--replay", mended.toString());
        assertThat(byMapping.exitCode()).as(byMapping.toString()).isEqualTo(4);
        Result status = GodwitProcess.run(home, "status", run);
        assertThat(status.exitCode()).as(status.toString()).isEqualTo(4);
        assertThat(status.out()).contains("5 quarantined (2 replayed, 3 open)");
        Result listed = GodwitProcess.run(home, "quarantine", run);
        assertThat(listed.out())
                .contains("people.csv, line 4  ", "people.csv, line 6  ", "people.csv, line 8  ")
                .doesNotContain("people.csv, line 12", "no key");
        assertThat(Servers.rows(servers.right(), "target", "select id, born from people where id in (-8, 10)"))
                .containsExactlyInAnyOrder("(-8,1939)", "(10,0)");
        assertThat(Files.readString(home.resolve("godwit.log"), StandardCharsets.UTF_8))
                .doesNotContain("canary-7d20");
    }

    /**
     * A row that could not be read as it was declared is read under the mended declaration; once, however often asked.
     */
    @Test
    void aMendedDeclarationReadsTheKeptLinesAnewAndOnlyOnce() throws Exception {
        Files.writeString(folder.resolve("people.csv"), """
                born,name,id
                1,"a",1
                40000,"b",2
                -40000,"c,""d",3
                4,e,4
                """);
        declare("int2");
        String run = "declared.20261122T020000Z";
        Result first = runWith("declared", "born", "quarantine: { rows: 2 }", "--plan-time", "2026-11-22T02:00:00Z");
        assertThat(first.exitCode()).as(first.toString()).isEqualTo(4);
        assertThat(first.out()).contains("2 rows  2 quarantined");

        declare("int4");
        Result replayed = GodwitProcess.run(home, "quarantine", run, "--replay");

        assertThat(replayed.exitCode()).as(replayed.toString()).isZero();
        Result status = GodwitProcess.run(home, "status", run);
        assertThat(status.exitCode()).as(status.toString()).isZero();
        assertThat(status.out()).contains("2 quarantined (2 replayed, 0 open)");
        Result again = GodwitProcess.run(home, "quarantine", run, "--replay");
        assertThat(again.exitCode()).as(again.toString()).isEqualTo(2);
        assertThat(again.err()).contains("no row of run " + run + " in quarantine can be replayed");
        assertThat(Servers.rows(servers.right(), "target", "select id, born from people"))
                .containsExactlyInAnyOrder("(1,1)", "(2,40000)", "(3,-40000)", "(4,4)");
        assertThat(Servers.rows(servers.right(), "target", "select name from people where name = 'c,\"d'"))
                .hasSize(1);
    }

    /** The table is the run's alone, so that a row too many would be a difference. */
    @Test
    void replayedLinesAreNoDifferenceToATableThatTheRunMade() throws Exception {
        Files.writeString(folder.resolve("people.csv"), "id,name,born\n1,a,1\n2,b,40000\n3,c,3\n");
        Servers.execute(servers.right(), "target", "drop table people");
        declare("int2");
        String run = "made.20261122T020000Z";
        Result first = run("made", "quarantine: { rows: 2 }", "--plan-time", "2026-11-22T02:00:00Z");
        assertThat(first.exitCode()).as(first.toString()).isEqualTo(4);

        declare("int4");
        Result replayed = GodwitProcess.run(home, "quarantine", run, "--replay");
        assertThat(replayed.exitCode()).as(replayed.toString()).isZero();

        Result equal = GodwitProcess.run(home, "validate", run);
        assertThat(equal.exitCode()).as(equal.toString()).isZero();
        assertThat(equal.out()).contains("EQUAL");

        Servers.execute(servers.right(), "target", "delete from people where id = 2;");
        assertThat(GodwitProcess.run(home, "validate", run).exitCode())
                .as("the replayed row is gone")
                .isEqualTo(3);
    }

    /** The cluster's owner has it that a year is a byte; a name with a dot in it is nothing that Godwit maps. */
    @Test
    void documentsThatAClusterRefusesAreKeptAndReplayed() throws Exception {
        Files.writeString(folder.resolve("people.csv"), """
                id,name,born
                1,"Ada",18
                2,"canary-7d20",1906
                3,"Alan",12
                """);
        String run = "searched.20261122T020000Z";
        WrittenIndices.ask("PUT", "/_index_template/dirty", """
                {"index_patterns": ["dirty-*"], "template": {"mappings": {"properties":
                 {"person": {"properties": {"born": {"type": "byte"}}}}}}}""");
        Result first = GodwitProcess.run(
                home, "run", indexJob("quarantine: { rows: 1 }"), "--plan-time", "2026-11-22T02:00:00Z");
        assertThat(first.exitCode()).as(first.toString()).isEqualTo(4);
        assertThat(first.out()).contains("2 rows  1 quarantined  0 differences");
        Result listed = GodwitProcess.run(home, "quarantine", run);
        assertThat(listed.out()).contains("row 1 of its subtask", "mapper_parsing_exception");
        assertThat(listed.toString() + first).doesNotContain("canary-7d20", "1906");
        Path export = folder.resolve("export");
        GodwitProcess.run(home, "quarantine", run, "--export", export.toString());
        assertThat(export.resolve("people.csv")).hasContent("""
                "id","name","person.born"
                "2","canary-7d20","1906"
                """);
        assertThat(WrittenIndices.documents("dirty-people")).hasSize(2);

        WrittenIndices.ask("DELETE", "/_index_template/dirty", "");
        Result replayed = GodwitProcess.run(home, "quarantine", run, "--replay");

        assertThat(replayed.exitCode()).as(replayed.toString()).isZero();
        assertThat(GodwitProcess.run(home, "status", run).out()).contains("1 quarantined (1 replayed, 0 open)");
        assertThat(WrittenIndices.documents("dirty-people"))
                .extracting(person -> person.path("id").asInt() + " "
                        + person.path("person.born").asText())
                .containsExactlyInAnyOrder("1 18", "2 1906", "3 12");
        Result refused = GodwitProcess.run(home, "quarantine", run, "--replay");
        assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(2);
    }

    private String indexJob(String option) throws Exception {
        Path file = folder.resolve("searched.yaml");
        Files.writeString(file, WrittenIndices.document("target", "dirty-") + """
                kind: Connection
                name: files
                type: file
                database: %s
                options: { format: csv }
                ---
                kind: Job
                name: searched
                steps:
                  - name: copy
                    migrate:
                      from: { connection: files, tables: [people] }
                      to: { connection: target, table: people }
                      columns:
                        - { from: id }
                        - { from: name }
                        - { to: person.born, expression: "cast(born as int4)" }
                      %s
                """.formatted(folder, option));
        return file.toString();
    }

    private void declare(String born) throws Exception {
        Files.writeString(folder.resolve("people_schema.json"), """
                {"version": 1, "columns": [{"name": "id", "type": "int8"}, {"name": "name", "type": "text"},
                 {"name": "born", "type": "%s"}]}""".formatted(born));
    }

    private Result run(String name, String option, String... more) throws Exception {
        return runWith(name, "cast(born as int4)", option, more);
    }

    private Result runWith(String name, String born, String option, String... more) throws Exception {
        List<String> words =
                new ArrayList<>(List.of("run", job(name, born, option).toString()));
        words.addAll(List.of(more));
        return GodwitProcess.run(home, words.toArray(String[]::new));
    }

    private Path job(String name, String born, String option) throws Exception {
        Path file = folder.resolve(name + ".yaml");
        Files.writeString(file, servers.document("target", "target") + """
                kind: Connection
                name: files
                type: file
                database: %s
                options: { format: csv }
                ---
                kind: Job
                name: %s
                steps:
                  - name: copy
                    migrate: {
                      from: { connection: files, tables: [people] },
                      to: { connection: target, table: public.people },
                      columns: [{ from: id }, { from: name }, { to: born, expression: "%s" }],
                      %s }
                """.formatted(folder, name, born, option));
        return file;
    }
}
