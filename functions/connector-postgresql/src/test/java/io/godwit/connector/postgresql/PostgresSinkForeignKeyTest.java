package io.godwit.connector.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.connector.Sink;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.WriteMode;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresSinkForeignKeyTest {
    private static final String KEYS =
            "SELECT conrelid::regclass, conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f' ORDER BY 1, 2";

    private final Database from = Database.of("sink_keys_from");
    private final Database to = Database.of("sink_keys_to");
    private final Sink sink = new PostgresSink(to.connection(), PostgresServer.secrets());

    /** Teams have a captain among the players, players a team and a mentor among themselves. */
    @BeforeEach
    void makeCycle() throws SQLException {
        for (Database database : List.of(from, to)) {
            database.run(
                    "DROP SCHEMA IF EXISTS club CASCADE",
                    "CREATE SCHEMA club",
                    "CREATE TABLE club.team (id int PRIMARY KEY, captain int)",
                    "CREATE TABLE club.player (id int PRIMARY KEY, team int NOT NULL, mentor int)");
        }
        from.run(
                "INSERT INTO club.team SELECT n, n * 10 FROM generate_series(1, 9) n",
                "INSERT INTO club.player SELECT n, 1 + n % 9, 91 - n FROM generate_series(1, 90) n");
        to.run(
                "ALTER TABLE club.team ADD CONSTRAINT captain_fk FOREIGN KEY (captain) REFERENCES club.player",
                "ALTER TABLE club.player ADD CONSTRAINT team_fk FOREIGN KEY (team) REFERENCES club.team (id) "
                        + "ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED",
                "ALTER TABLE club.player ADD CONSTRAINT mentor_fk FOREIGN KEY (mentor) REFERENCES club.player",
                "COMMENT ON CONSTRAINT mentor_fk ON club.player IS 'who teaches'");
    }

    @AfterEach
    void close() {
        sink.close();
    }

    private Load both(WriteMode mode) throws SQLException {
        return new Load(from, to).mode(mode).table("club", "team").table("club", "player");
    }

    @Test
    void cycleIsLoadedInAnyOrder() throws SQLException {
        List<String> before = to.rows(KEYS);
        Load load = both(WriteMode.APPEND);

        load.prepare(sink);
        load.write(sink, 1, 1, "WHERE id > 45");
        load.write(sink, 0);
        load.write(sink, 1, 0, "WHERE id <= 45");
        load.publish(sink, 3);

        assertThat(to.rows(KEYS)).isEqualTo(before);
        assertThat(to.rows("SELECT convalidated FROM pg_constraint WHERE contype = 'f'"))
                .containsOnly("t");
        assertThat(to.one("SELECT obj_description(oid) FROM pg_constraint WHERE conname = 'mentor_fk'"))
                .isEqualTo("who teaches");
        assertThat(to.one("SELECT count(*) FROM club.player")).isEqualTo("90");
        assertThat(to.rows("SELECT * FROM godwit.foreign_key")).isEmpty();
    }

    @Test
    void everyModeLoadsACycle() throws SQLException {
        List<String> before = to.rows(KEYS);
        both(WriteMode.APPEND).run(sink);

        for (WriteMode mode : List.of(WriteMode.UPSERT, WriteMode.IGNORE, WriteMode.OVERWRITE, WriteMode.SWAP)) {
            both(mode).run(sink);
            assertThat(to.rows(KEYS)).as(mode.name()).isEqualTo(before);
            assertThat(to.one("SELECT count(*) FROM club.player"))
                    .as(mode.name())
                    .isEqualTo("90");
        }
    }

    @Test
    void rowThatRefersToNobodyFailsThePublishing() throws SQLException {
        from.run("INSERT INTO club.player VALUES (91, 10, 1), (92, 11, 1)");
        Load load = both(WriteMode.APPEND);
        load.prepare(sink);
        load.write(sink, 0);
        load.write(sink, 1);

        GodwitException thrown = catchThrowableOfType(GodwitException.class, () -> load.publish(sink));

        assertThat(thrown.code()).isEqualTo(ErrorCode.ROW_REFUSED);
        assertThat(thrown)
                .hasMessageContaining("club.player: 2 rows, the first with (id)=(91), refer to rows that club.team")
                .hasMessageContaining("team_fk");
        assertThat(to.rows(KEYS)).isEmpty();
    }

    @Test
    void failedStepGivesItsKeysBackAsFarAsTheyHold() throws SQLException {
        Load load = both(WriteMode.APPEND);
        load.prepare(sink);
        load.write(sink, 0);

        load.fail(sink);

        assertThat(to.rows(KEYS)).hasSize(3);
        assertThat(to.rows("SELECT conname, convalidated FROM pg_constraint WHERE contype = 'f' ORDER BY 1"))
                .containsExactly("captain_fk|f", "mentor_fk|t", "team_fk|t");
        assertThatThrownBy(() -> to.run("INSERT INTO club.team VALUES (100, 100)"))
                .hasMessageContaining("captain_fk");
    }

    @Test
    void retriedStepPutsItsKeysBackAsTheyWere() throws SQLException {
        List<String> before = to.rows(KEYS);
        Load load = both(WriteMode.APPEND);
        load.prepare(sink);
        load.write(sink, 0);
        load.fail(sink);
        load.reopen(sink);
        assertThat(to.rows(KEYS)).isEmpty();

        load.write(sink, 1);
        load.publish(sink);

        assertThat(to.rows(KEYS)).isEqualTo(before);
        assertThat(to.rows("SELECT convalidated FROM pg_constraint WHERE contype = 'f'"))
                .containsOnly("t");
    }

    @Test
    void laterStepMendsWhatAFailedOneLeft() throws SQLException {
        List<String> before = to.rows(KEYS);
        Load failed = both(WriteMode.APPEND);
        failed.prepare(sink);
        failed.write(sink, 0);
        failed.fail(sink);

        both(WriteMode.UPSERT).run(sink);

        assertThat(to.rows(KEYS)).isEqualTo(before);
        assertThat(to.rows("SELECT * FROM godwit.foreign_key")).isEmpty();
    }

    @Test
    void keysSurviveACrashBetweenPreparingAndClosing() throws SQLException {
        List<String> before = to.rows(KEYS);
        Load load = both(WriteMode.APPEND);
        load.prepare(sink);

        PostgresServer.crash();
        try (Sink after = new PostgresSink(to.connection(), PostgresServer.secrets())) {
            load.cancel(after);
        }

        assertThat(to.rows(KEYS)).isEqualTo(before);
    }

    @Test
    void lastOfTwoStepsPutsTheKeysBack() throws SQLException {
        List<String> before = to.rows(KEYS);
        Load one = both(WriteMode.UPSERT);
        Load other = both(WriteMode.UPSERT);
        one.prepare(sink);
        other.prepare(sink);
        one.write(sink, 0);
        other.write(sink, 1);
        one.write(sink, 1);

        assertThat(one.publish(sink).notes())
                .anyMatch(note -> note.contains("captain_fk") && note.contains("stays off"));
        assertThat(to.rows(KEYS)).isEmpty();

        other.write(sink, 0);
        other.publish(sink);
        assertThat(to.rows(KEYS)).isEqualTo(before);
    }

    @Test
    void keyToATableOfNoStepStaysAndNamesTheRow() throws SQLException {
        to.run("INSERT INTO club.team SELECT n FROM generate_series(1, 8) n");
        Load load = new Load(from, to).table("club", "player");
        load.prepare(sink);

        GodwitException thrown = catchThrowableOfType(GodwitException.class, () -> load.write(sink, 0));

        // Players 8, 17, ... are of team 9, which is missing; the first of them is named.
        assertThat(thrown.code()).isEqualTo(ErrorCode.ROW_REFUSED);
        assertThat(thrown).hasMessageContaining("(id)=(8)").hasMessageContaining("team_fk");
    }

    @Test
    void overwrittenRowsAreNotDeletedByCascade() throws SQLException {
        both(WriteMode.APPEND).run(sink);
        List<String> before = to.rows(KEYS);

        new Load(from, to).mode(WriteMode.OVERWRITE).table("club", "team").run(sink);

        assertThat(to.one("SELECT count(*) FROM club.player")).isEqualTo("90");
        assertThat(to.rows(KEYS)).isEqualTo(before);
    }

    @Test
    void overwritingWithoutARowThatOthersReferToFailsAndChangesNothing() throws SQLException {
        both(WriteMode.APPEND).run(sink);
        from.run("DELETE FROM club.team WHERE id = 3");
        Load load = new Load(from, to).mode(WriteMode.OVERWRITE).table("club", "team");
        load.prepare(sink);
        load.write(sink, 0);

        assertThatThrownBy(() -> load.publish(sink)).hasMessageContaining("team_fk");

        assertThat(to.one("SELECT count(*) FROM club.team")).isEqualTo("9");
        assertThat(to.rows(KEYS)).hasSize(3);
    }

    @Test
    void createdTablesAreGivenTheirSourcesKeys() throws SQLException {
        to.run("DROP SCHEMA club CASCADE");
        from.run(
                "ALTER TABLE club.team ADD CONSTRAINT captain_fk FOREIGN KEY (captain) REFERENCES club.player "
                        + "ON DELETE SET NULL (captain)",
                "ALTER TABLE club.player ADD CONSTRAINT team_fk FOREIGN KEY (team) REFERENCES club.team (id) "
                        + "ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED",
                "ALTER TABLE club.player ADD CONSTRAINT mentor_fk FOREIGN KEY (mentor) REFERENCES club.player");

        both(WriteMode.APPEND).run(sink);

        assertThat(to.rows(KEYS)).isEqualTo(from.rows(KEYS)).hasSize(3);
    }
}
