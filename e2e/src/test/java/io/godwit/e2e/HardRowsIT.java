package io.godwit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.e2e.harness.GodwitProcess;
import io.godwit.e2e.harness.GodwitProcess.Result;
import io.godwit.e2e.harness.RunningSystem;
import io.godwit.e2e.harness.Servers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that a target refuses, and rows as large as they may be and larger. */
class HardRowsIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path home;

    @SuppressWarnings("NullAway.Init")
    private static Servers servers;

    /** The command finds it in its home, and gives it the work. */
    @SuppressWarnings("NullAway.Init")
    private static RunningSystem system;

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

    /** A hundred orders, of which the target takes all but three. */
    @BeforeEach
    void databases() throws Exception {
        Servers.create(servers.left(), "source", """
                create table orders (id integer primary key, total integer not null, note text);
                insert into orders select i, i, 'note ' || i from generate_series(1, 100) i;
                update orders set total = -1, note = 'canary-3c1f' where id in (17, 18, 81);""");
        Servers.create(
                servers.right(),
                "target",
                "create table orders (id integer primary key, total integer not null check (total > 0), note text);");
    }

    @Test
    void aRefusedRowFailsTheRunAndIsNamedByTableAndKey() throws Exception {
        Result result = run("refused", "");

        assertThat(result.exitCode()).as(result.toString()).isEqualTo(1);
        assertThat(result.err()).contains("ROW_REFUSED", "public.orders", "(id)=(17)");
        assertThat(result.toString()).doesNotContain("canary-3c1f");
        assertThat(Files.readString(home.resolve("godwit.log"))).doesNotContain("canary-3c1f");
    }

    @Test
    void refusedRowsGoToQuarantineWithinTheJobsLimits() throws Exception {
        Result result = run("within", "quarantine: { rows: 3 }");

        assertThat(result.exitCode()).as(result.toString()).isEqualTo(4);
        assertThat(result.out()).contains("97 rows  3 quarantined  0 differences");
        assertThat(Servers.rows(servers.right(), "target", "select * from orders"))
                .isEqualTo(Servers.rows(servers.left(), "source", "select * from orders where total > 0"));
        assertThat(Servers.rows(servers.right(), "target", "select key, sqlstate from godwit.quarantine"))
                .isEqualTo(List.of("(\"(id)=(17)\",23514)", "(\"(id)=(18)\",23514)", "(\"(id)=(81)\",23514)"));
    }

    /** Listed without values; exported with them and their types; loaded again once the target takes them. */
    @Test
    void quarantinedRowsAreListedExportedAndLoadedAgain() throws Exception {
        String run = "again.20261122T020000Z";
        Result result = run("again", "quarantine: { rows: 3 }", "orders", "--plan-time", "2026-11-22T02:00:00Z");
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(4);

        Result listed = GodwitProcess.run(home, "quarantine", run, "--limit", "2");
        assertThat(listed.exitCode()).as(listed.toString()).isZero();
        assertThat(listed.out()).contains("public.orders", "(id)=(17)", "23514", "(id)=(18)");
        assertThat(listed.toString()).doesNotContain("(id)=(81)", "canary-3c1f");

        Path folder = home.resolve("refused");
        Result exported = GodwitProcess.run(home, "quarantine", run, "--export", folder.toString());
        assertThat(exported.exitCode()).as(exported.toString()).isZero();
        assertThat(exported.out()).contains("3 rows");
        assertThat(Files.readAllLines(folder.resolve("public/orders.csv")))
                .containsExactly(
                        "\"id\",\"total\",\"note\"",
                        "\"17\",\"-1\",\"canary-3c1f\"",
                        "\"18\",\"-1\",\"canary-3c1f\"",
                        "\"81\",\"-1\",\"canary-3c1f\"");
        Result twice = GodwitProcess.run(home, "quarantine", run, "--export", folder.toString());
        assertThat(twice.exitCode()).as(twice.toString()).isEqualTo(2);

        Servers.execute(servers.right(), "target", "alter table orders drop constraint orders_total_check");
        Path job = home.resolve("load-again.yaml");
        Files.writeString(job, servers.document("target", "target") + """
                kind: Connection
                name: refused
                type: file
                database: %s
                ---
                kind: Job
                name: load-again
                steps:
                  - name: load
                    migrate:
                      from: { connection: refused, tables: [public.orders] }
                      to: { connection: target, table: public.orders }
                """.formatted(folder));
        Result loaded = GodwitProcess.run(home, "run", job.toString());

        assertThat(loaded.exitCode()).as(loaded.toString()).isZero();
        assertThat(Servers.rows(servers.right(), "target", "select * from orders"))
                .isEqualTo(Servers.rows(servers.left(), "source", "select * from orders"));
        assertThat(Files.readString(home.resolve("godwit.log"))).doesNotContain("canary-3c1f");
    }

    @Test
    void moreRefusedRowsThanAllowedFailTheRun() throws Exception {
        for (String limit : List.of("rows: 2", "percent: 2")) {
            databases();
            Result result = run("beyond-" + limit.charAt(0), "quarantine: { " + limit + " }");

            assertThat(result.exitCode()).as(result.toString()).isEqualTo(1);
            assertThat(result.err()).contains("QUARANTINE_FULL");
        }
    }

    /** More bytes than the heap has room for, in rows of 20 MB. */
    @Test
    void rowsOfTwentyMegabytesPassThroughASmallHeap() throws Exception {
        Servers.execute(servers.left(), "source", """
                create table blobs (id integer primary key, b bytea, t text);
                alter table blobs alter b set storage external, alter t set storage external;
                insert into blobs select i, decode(repeat(md5(i::text), 625000), 'hex'), repeat(md5(i::text), 312500)
                from generate_series(1, 40) i;
                analyze;""");

        Result result = run("blobs", "", "blobs");

        assertThat(result.exitCode()).as(result.toString()).isZero();
        String digests = "select id, md5(b), md5(t) from blobs";
        assertThat(Servers.rows(servers.right(), "target", digests))
                .isEqualTo(Servers.rows(servers.left(), "source", digests));
    }

    @Test
    void aRowAboveTheLimitIsNamedByTableAndKey() throws Exception {
        Servers.execute(servers.left(), "source", """
                create table blobs (id integer primary key, b text);
                insert into blobs values (1, 'small'), (4711, repeat('x', 70000000));""");

        Result result = run("too-large", "", "blobs");

        assertThat(result.exitCode()).as(result.toString()).isEqualTo(1);
        assertThat(result.err()).contains("ROW_TOO_LARGE", "public.blobs", "4711");
    }

    private static Result run(String name, String option) throws Exception {
        return run(name, option, "orders");
    }

    private static Result run(String name, String option, String table, String... more) throws Exception {
        Path file = home.resolve(name + ".yaml");
        String migrate = """
                from: { connection: source, tables: [public.%s] }
                to: { connection: target, table: public.%s }
                %s
                """.formatted(table, table, option);
        Files.writeString(
                file,
                servers.document("source", "source") + servers.document("target", "target") + "kind: Job\nname: " + name
                        + "\nsteps:\n  - name: copy\n    migrate:\n" + migrate.indent(6));
        List<String> words = new ArrayList<>(List.of("run", file.toString()));
        words.addAll(List.of(more));
        return GodwitProcess.run(home, words.toArray(String[]::new));
    }
}
