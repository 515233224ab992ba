package io.godwit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.e2e.harness.GodwitProcess;
import io.godwit.e2e.harness.GodwitProcess.Result;
import io.godwit.e2e.harness.RunningSystem;
import io.godwit.e2e.harness.Servers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table that is one subtask, and takes longer than a request may, is moved in parts. */
class SplitAgainIT {
    private static final int ROWS = 3000;

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
        Servers.create(servers.left(), "source", """
                create table rows (id integer primary key, what text);
                insert into rows select i, repeat('x', i %% 50) from generate_series(1, %d) i;
                analyze;""".formatted(ROWS));
        system = RunningSystem.up(home, "godwit.request.budget=PT0.5S");
    }

    @AfterAll
    static void stop() {
        system.close();
        servers.close();
    }

    @Test
    void slowSourceIsReadInParts() throws Exception {
        Servers.create(servers.right(), "target", "");

        movedInParts("slow-source", ", where: pg_sleep(0.0005) is not null");

        assertThat(written("attempt is null"))
                .as("no writer was told of what was too large")
                .isEmpty();
    }

    @Test
    void slowTargetIsWrittenInParts() throws Exception {
        Servers.create(servers.right(), "target", """
                create table rows (id integer primary key, what text);
                create function slow() returns trigger language plpgsql as
                    $$ begin perform pg_sleep(0.0005); return new; end $$;
                create trigger slow before insert on rows for each row execute function slow();""");

        movedInParts("slow-target", "");

        assertThat(written("attempt is null")).as("what was too large is void").isNotEmpty();
    }

    /** The whole takes at least a second and a half, and may take half a second. */
    private static void movedInParts(String name, String condition) throws Exception {
        Path job = Files.writeString(
                home.resolve(name + ".yaml"),
                servers.document("source", "source")
                        + servers.document("target", "target")
                        + """
                        kind: Job
                        name: %s
                        concurrency: 2
                        steps:
                          - name: copy
                            migrate:
                              from: { connection: source, tables: [public.rows]%s }
                              to: { connection: target, table: public.rows }
                        """.formatted(name, condition));

        Result result = GodwitProcess.run(home, "run", "-o", "json", job.toString());

        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(Servers.rows(servers.right(), "target", "select * from rows"))
                .hasSize(ROWS)
                .isEqualTo(Servers.rows(servers.left(), "source", "select * from rows"));
        assertThat(written("attempt is not null"))
                .as("parts in the ledger: " + result)
                .hasSizeGreaterThan(2);
        assertThat(result.out())
                .contains(
                        "\"subtasksWritten\":" + written("attempt is not null").size());
    }

    private static List<String> written(String condition) throws Exception {
        return Servers.rows(servers.right(), "target", "select subtask from godwit.ledger where " + condition);
    }
}
