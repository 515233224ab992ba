package io.godwit.connector.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.Side;
import io.godwit.core.job.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tables that an older Godwit made. */
class MySqlSinkSchemaTest {
    private static final String COLUMNS = "SELECT count(*) FROM information_schema.columns "
            + "WHERE table_schema = 'schema_one' AND table_name = 'godwit_quarantine' AND column_name = 'replayed_by'";

    private final Connection database = MySqlServer.anew("schema_one");

    /** Without a form that MariaDB alone knows. */
    @Test
    void tablesOfTheFirstVersionGetWhatTheyLackInSqlThatMySqlKnows() throws SQLException {
        List<String> ran = new ArrayList<>();
        try (JdbcSession session = recording(ran)) {
            new MySqlSinkSchema().install(session);
            session.run("ALTER TABLE godwit_quarantine DROP COLUMN replayed_by");
            session.run("UPDATE godwit_version SET version = 1");
            session.commit();
            ran.clear();

            new MySqlSinkSchema().install(session);
            assertThat(ran).hasSize(1).noneMatch(sql -> sql.contains("IF NOT EXISTS"));
            new MySqlSinkSchema().install(session);
            assertThat(ran).hasSize(1);
        }
        assertThat(MySqlServer.one("schema_one", COLUMNS)).isEqualTo("1");
        assertThat(MySqlServer.one("schema_one", "SELECT max(version) FROM godwit_version"))
                .isEqualTo("2");
    }

    /** As where two mend at once, or one broke off before it said so. */
    @Test
    void columnThatIsThereAlreadyIsBorne() throws SQLException {
        try (JdbcSession session = recording(new ArrayList<>())) {
            new MySqlSinkSchema().install(session);
            session.run("UPDATE godwit_version SET version = 1");
            session.commit();

            new MySqlSinkSchema().install(session);
            MySqlSinkSchema.addReplayedBy(session);
        }
        assertThat(MySqlServer.one("schema_one", "SELECT max(version) FROM godwit_version"))
                .isEqualTo("2");
    }

    private JdbcSession recording(List<String> ran) throws SQLException {
        return new JdbcSession(
                MySqlSessions.open(database, MySqlServer.secrets(), Side.SINK).jdbc()) {
            @Override
            public void run(String sql) throws SQLException {
                ran.add(sql);
                super.run(sql);
            }
        };
    }
}
