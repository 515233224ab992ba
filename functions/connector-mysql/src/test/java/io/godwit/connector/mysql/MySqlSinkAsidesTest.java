package io.godwit.connector.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.connector.Sink;
import io.godwit.connector.jdbc.sink.SinkTarget;
import io.godwit.core.job.Connection;
import io.godwit.core.job.WriteMode;
import org.junit.jupiter.api.Test;

/** What a step of several tables leaves, of which a later step loads one. */
class MySqlSinkAsidesTest {
    private final Connection from = MySqlServer.anew("asides_from");
    private final Connection to = MySqlServer.anew("asides_to");

    @Test
    void allTablesOfAStepWhosePlaceIsTakenArePutBack() {
        for (String table : new String[] {"a", "b"}) {
            String create = "CREATE TABLE " + table + " (id int PRIMARY KEY)";
            MySqlServer.run("asides_from", create, "INSERT INTO " + table + " VALUES (3)");
            MySqlServer.run("asides_to", create, "INSERT INTO " + table + " VALUES (1)");
        }
        try (Sink sink = new MySqlSink(to, MySqlServer.secrets())) {
            Copy broken = new Copy(from, to, WriteMode.SWAP, null, "a", "b");
            broken.prepare(sink);
            for (int table = 0; table < 2; table++) {
                broken.write(sink, table);
                SinkTarget target = broken.target(table);
                MySqlServer.run(
                        "asides_to",
                        "RENAME TABLE " + Quoting.table(target.name()) + " TO " + Quoting.table(target.replaced())
                                + ", " + Quoting.table(target.loaded()) + " TO " + Quoting.table(target.name()));
            }
            broken.fail(sink);

            new Copy(from, to, WriteMode.OVERWRITE, null, "a").run(sink);
        }

        assertThat(MySqlServer.one("asides_to", "SELECT group_concat(id) FROM a"))
                .isEqualTo("3");
        assertThat(MySqlServer.one("asides_to", "SELECT group_concat(id) FROM b"))
                .isEqualTo("1");
        assertThat(MySqlServer.one(
                        "asides_to",
                        "SELECT count(*) FROM information_schema.tables WHERE table_schema = database() "
                                + "AND table_name REGEXP '_(aside|old)$'"))
                .isEqualTo("0");
    }
}
