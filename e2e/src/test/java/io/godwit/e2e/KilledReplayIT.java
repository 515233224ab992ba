package io.godwit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.e2e.harness.GodwitProcess;
import io.godwit.e2e.harness.GodwitProcess.Result;
import io.godwit.e2e.harness.Servers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A replay that is killed, whatever it was about, is gone on with by the same command, and writes each row once. */
class KilledReplayIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path home;

    @ParameterizedTest
    @CsvSource({"ROWS_WRITTEN,before", "COMMITTED,after"})
    void replayThatIsKilledWritesEachRowOnce(String step, String job) throws Exception {
        String run = job + ".20261122T020000Z";
        try (Servers servers = new Servers()) {
            // No key: a row that is written twice is there twice.
            Servers.create(servers.left(), "source", """
                    create table orders (id integer, total integer);
                    insert into orders select i, case when i % 10 = 0 then -i else i end from generate_series(1, 300) i;""");
            Servers.create(
                    servers.right(), "target", "create table orders (id integer, total integer check (total > 0));");
            Path file = Files.writeString(
                    home.resolve(job + ".yaml"),
                    servers.document("source", "source") + servers.document("target", "target") + """
                            kind: Job
                            name: %s
                            steps:
                              - name: copy
                                migrate:
                                  from: { connection: source, tables: [public.orders] }
                                  to: { connection: target, table: public.orders }
                                  quarantine: { rows: 30 }
                            """.formatted(job));
            Result first = GodwitProcess.run(home, "run", file.toString(), "--plan-time", "2026-11-22T02:00:00Z");
            assertThat(first.exitCode()).as(first.toString()).isEqualTo(4);
            Servers.execute(servers.right(), "target", "alter table orders drop constraint orders_total_check");

            GodwitProcess killed = GodwitProcess.start(
                    home, List.of("godwit.local.interruptions=" + step + ":1:hang"), "quarantine", run, "--replay");
            await(servers, step.equals("COMMITTED"));
            killed.kill();
            Result replayed = GodwitProcess.run(home, "quarantine", run, "--replay");

            assertThat(replayed.exitCode()).as(replayed.toString()).isZero();
            assertThat(replayed.out()).contains("30 rows  0 quarantined");
            assertThat(Servers.rows(servers.right(), "target", "select * from orders"))
                    .isEqualTo(Servers.rows(servers.left(), "source", "select * from orders"));
            Result status = GodwitProcess.run(home, "status", run);
            assertThat(status.exitCode()).as(status.toString()).isZero();
            assertThat(status.out()).contains("30 quarantined (30 replayed, 0 open)");
        }
    }

    /** Until the replay's rows are committed, or in a transaction that holds still. */
    private static void await(Servers servers, boolean committed) throws Exception {
        String replayed = "select 1 from godwit.quarantine where replayed_by is not null";
        String held = "select 1 from pg_stat_activity where datname = 'target' and state = 'idle in transaction'"
                + " and state_change < now() - interval '2 seconds'";
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (System.nanoTime() < deadline) {
            if (Servers.rows(servers.right(), "target", committed ? replayed : held)
                            .size()
                    > 0) {
                return;
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        throw new AssertionError("the replay did not come that far within two minutes");
    }
}
