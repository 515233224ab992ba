package io.godwit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.e2e.harness.GodwitProcess;
import io.godwit.e2e.harness.GodwitProcess.Result;
import io.godwit.e2e.harness.RunningSystem;
import io.godwit.e2e.harness.Servers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code godwit run} killed with -9 is continued by the same command. Who follows the run in that process, which ends
 * as soon as the run does, learns how it ended.
 */
class KilledRunIT {
    private static final String LEDGER =
            "select subtask, attempt, written_at from godwit.ledger where attempt is not null";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path home;

    @ParameterizedTest
    @ValueSource(strings = {"rows", "rows, again"})
    void continuesFromTheLastWrittenSubtask(String names) throws Exception {
        List<String> targets = List.of(names.split(", "));
        String to = targets.stream()
                .map(target -> "{ connection: target, table: public." + target + " }")
                .collect(Collectors.joining(", ", "[", "]"));
        String rows = String.valueOf(60_000 * targets.size());
        try (Servers servers = new Servers()) {
            Servers.create(servers.left(), "source", """
                    create table rows (id integer primary key, what text);
                    insert into rows select i, repeat('x', i % 200) from generate_series(1, 60000) i;
                    analyze;""");
            Servers.create(servers.right(), "target", "");
            Path job = Files.writeString(
                    home.resolve("job.yaml"),
                    servers.document("source", "source").replace("---\n", "limits: { rowsPerSecond: 8000 }\n---\n")
                            + servers.document("target", "target")
                            + """
                            kind: Job
                            name: killed
                            concurrency: 1
                            steps:
                              - name: copy
                                migrate:
                                  from: { connection: source, tables: [public.rows] }
                                  to: %s
                                  splitSize: 256KiB
                            """.formatted(to));
            // The sixth write stands still: the run cannot end before it is killed.
            GodwitProcess killed = GodwitProcess.start(
                    home, List.of("godwit.local.interruptions=LEDGER_CLAIMED:6:hang"), "run", job.toString());
            awaitWritten(servers, 5);
            // The broker in its process dies too, with what it has not delivered.
            killed.kill();
            List<String> writtenBefore = Servers.rows(servers.right(), "target", LEDGER);

            // Whoever only looks in between changes nothing of what is to be told again.
            assertThat(GodwitProcess.run(home, "runs").exitCode()).isZero();
            GodwitProcess going = GodwitProcess.start(home, List.of(), "run", job.toString());
            RunningSystem.awaitAnnounced(going, home);
            String run = writtenBefore.get(0).substring(1).split("/", 2)[0];
            GodwitProcess following = GodwitProcess.start(home, List.of(), "watch", run);

            Result result = going.await(120);
            assertThat(result.exitCode()).as(result.toString()).isZero();
            assertThat(result.out()).contains(rows + " rows  0 quarantined  0 differences");
            Result followed = following.await(30);
            assertThat(followed.exitCode()).as(followed.toString()).isZero();
            assertThat(followed.out()).contains(rows + " rows");
            for (String target : targets) {
                assertThat(Servers.rows(servers.right(), "target", "select * from " + target))
                        .isEqualTo(Servers.rows(servers.left(), "source", "select * from rows"));
            }
            assertThat(Servers.rows(servers.right(), "target", LEDGER))
                    .as("what was written before is not written again")
                    .containsAll(writtenBefore)
                    .hasSizeGreaterThan(writtenBefore.size());
        }
    }

    private static void awaitWritten(Servers servers, int subtasks) {
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (System.nanoTime() < deadline) {
            try {
                if (Servers.rows(servers.right(), "target", LEDGER).size() >= subtasks) {
                    return;
                }
            } catch (SQLException notYet) {
                // The ledger is made when the run is prepared.
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        throw new AssertionError("not " + subtasks + " subtasks written after two minutes");
    }
}
