package io.godwit.connector.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.connector.Sink;
import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.Side;
import io.godwit.core.job.Connection;
import io.godwit.core.job.WriteMode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that meet others by the plan's key in tables that have a second unique index. */
class MySqlSinkMeetingTest {
    private final Connection from = MySqlServer.anew("meet_from");
    private final Connection to = MySqlServer.anew("meet_to");

    private String content() {
        return MySqlServer.one("meet_to", "SELECT group_concat(id, '=', v, '/', n ORDER BY binary id) FROM t");
    }

    private static void fill(String rows, String there) {
        MySqlServer.run(
                "meet_from", "CREATE TABLE t (id varchar(5) COLLATE utf8mb4_bin PRIMARY KEY, v varchar(9), n int)");
        MySqlServer.run("meet_from", "INSERT INTO t VALUES " + rows);
        MySqlServer.run(
                "meet_to",
                "CREATE TABLE t (id varchar(5) COLLATE utf8mb4_general_ci PRIMARY KEY, v varchar(9) UNIQUE, n int)",
                "INSERT INTO t VALUES " + there);
    }

    /** Two keys of the source are one to the target's collation. */
    @ParameterizedTest
    @EnumSource(
            value = WriteMode.class,
            names = {"UPSERT", "IGNORE"})
    void keysMeetAsTheTargetComparesThem(WriteMode mode) {
        fill("('A', 'a1', 1), ('a', 'a2', 2), ('B', 'b1', 3), ('c', 'c1', 4)", "('b', 'b0', 0)");

        try (Sink sink = new MySqlSink(to, MySqlServer.secrets())) {
            new Copy(from, to, mode, null, "t").run(sink);
        }

        assertThat(content()).isEqualTo(mode == WriteMode.UPSERT ? "B=b1/3,a=a2/2,c=c1/4" : "A=a1/1,b=b0/0,c=c1/4");
    }

    @ParameterizedTest
    @EnumSource(
            value = WriteMode.class,
            names = {"UPSERT", "IGNORE"})
    void keyThatAnotherTransactionIsAboutToCommitIsWaitedForAndMet(WriteMode mode) throws Exception {
        fill("('a', 'a1', 1), ('b', 'b1', 2), ('c', 'c1', 3)", "('0', '0', 0)");
        Copy copy = new Copy(from, to, mode, null, "t");
        try (Sink sink = new MySqlSink(to, MySqlServer.secrets());
                JdbcSession other = MySqlSessions.open(to, MySqlServer.secrets(), Side.SINK)) {
            copy.prepare(sink);
            other.run("INSERT INTO t VALUES ('b', 'theirs', 9)");
            CompletableFuture<Long> written =
                    CompletableFuture.supplyAsync(() -> copy.write(sink, 0).rows());
            while (!written.isDone()
                    && other.one("SHOW GLOBAL STATUS LIKE 'Innodb_row_lock_current_waits'", row -> row.getInt(2))
                            == 0) {
                Thread.onSpinWait();
            }
            other.commit();

            assertThat(written.get(60, TimeUnit.SECONDS)).isZero();
        }
        assertThat(content())
                .isEqualTo("0=0/0,a=a1/1," + (mode == WriteMode.UPSERT ? "b=b1/2" : "b=theirs/9") + ",c=c1/3");
    }
}
