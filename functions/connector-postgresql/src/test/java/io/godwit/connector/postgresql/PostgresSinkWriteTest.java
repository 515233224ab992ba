package io.godwit.connector.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.connector.Sink;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Migrate.Quarantine;
import io.godwit.core.job.WriteMode;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows on their way into targets that make it hard. */
class PostgresSinkWriteTest {
    private final Database from = Database.of("sink_write_from");
    private final Database to = Database.of("sink_write_to");
    private final Sink sink = new PostgresSink(to.connection(), PostgresServer.secrets());

    @BeforeEach
    void empty() throws SQLException {
        for (Database database : List.of(from, to)) {
            database.run("DROP SCHEMA IF EXISTS w CASCADE", "CREATE SCHEMA w");
        }
    }

    @AfterEach
    void close() {
        sink.close();
    }

    private void both(String... statements) throws SQLException {
        from.run(statements);
        to.run(statements);
    }

    private Load prepared(String table) throws SQLException {
        Load load = new Load(from, to).table("w", table);
        load.prepare(sink);
        return load;
    }

    private static GodwitException refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(GodwitException.class, call);
    }

    @Test
    void rowsThatATriggerSwallowsAreRefused() throws SQLException {
        both("CREATE TABLE w.t (id int PRIMARY KEY)");
        from.run("INSERT INTO w.t SELECT generate_series(1, 1000)");
        to.run(
                "CREATE FUNCTION w.swallow() RETURNS trigger LANGUAGE plpgsql AS "
                        + "$$BEGIN IF NEW.id = 777 THEN RETURN NULL; END IF; RETURN NEW; END$$",
                "CREATE TRIGGER swallow BEFORE INSERT ON w.t FOR EACH ROW EXECUTE FUNCTION w.swallow()");
        Load load = prepared("t");

        GodwitException thrown = refused(() -> load.write(sink, 0));

        assertThat(thrown.code()).isEqualTo(ErrorCode.ROW_REFUSED);
        assertThat(thrown).hasMessageContaining("(id)=(777)").hasMessageContaining("trigger");
        assertThat(to.one("SELECT count(*) FROM w.t")).isEqualTo("0");
    }

    @Test
    void rowThatATriggerRaisesAtIsNamed() throws SQLException {
        both("CREATE TABLE w.t (id int PRIMARY KEY)");
        from.run("INSERT INTO w.t SELECT generate_series(1, 1000)");
        to.run(
                "CREATE FUNCTION w.raise() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN IF NEW.id = 501 THEN "
                        + "RAISE EXCEPTION 'not this one' USING ERRCODE = 'MY001'; END IF; RETURN NULL; END$$",
                "CREATE TRIGGER raise AFTER INSERT ON w.t FOR EACH ROW EXECUTE FUNCTION w.raise()");

        GodwitException thrown = refused(() -> prepared("t").write(sink, 0));

        assertThat(thrown).hasMessageContaining("(id)=(501)").hasMessageContaining("not this one");
    }

    @Test
    void noticeForEveryRowDoesNotBlockTheLoad() throws SQLException {
        both("CREATE TABLE w.t (id int PRIMARY KEY)");
        from.run("INSERT INTO w.t SELECT generate_series(1, 60000)");
        to.run(
                "CREATE FUNCTION w.chat() RETURNS trigger LANGUAGE plpgsql AS "
                        + "$$BEGIN RAISE NOTICE '%', repeat('x', 400); RETURN NEW; END$$",
                "CREATE TRIGGER chat BEFORE INSERT ON w.t FOR EACH ROW EXECUTE FUNCTION w.chat()");

        prepared("t").write(sink, 0);

        assertThat(to.one("SELECT count(*) FROM w.t")).isEqualTo("60000");
    }

    @Test
    void triggersFindNamesAsInTheUsersOwnSessions() throws SQLException {
        both("CREATE TABLE w.t (id int PRIMARY KEY)");
        from.run("INSERT INTO w.t VALUES (1)");
        to.run(
                "DROP TABLE IF EXISTS public.audit",
                "CREATE TABLE public.audit (id int)",
                "CREATE FUNCTION w.audit() RETURNS trigger LANGUAGE plpgsql AS "
                        + "$$BEGIN INSERT INTO audit VALUES (NEW.id); RETURN NEW; END$$",
                "CREATE TRIGGER audit AFTER INSERT ON w.t FOR EACH ROW EXECUTE FUNCTION w.audit()");

        prepared("t").write(sink, 0);

        assertThat(to.rows("SELECT id FROM public.audit")).containsExactly("1");
    }

    @Test
    void deferredConstraintIsCheckedWhileItsRowIsAtHand() throws SQLException {
        both("CREATE TABLE w.t (id int PRIMARY KEY, n int)");
        to.run("ALTER TABLE w.t ADD UNIQUE (n) DEFERRABLE INITIALLY DEFERRED");
        from.run("INSERT INTO w.t SELECT n, CASE n WHEN 42 THEN 7 ELSE n END FROM generate_series(1, 100) n");

        GodwitException thrown = refused(() -> prepared("t").write(sink, 0));

        assertThat(thrown.code()).isEqualTo(ErrorCode.ROW_REFUSED);
        assertThat(thrown).hasMessageContaining("(id)=(42)");
    }

    @Test
    void rolesOwnTimeoutDoesNotEndALoad() throws SQLException {
        both("CREATE TABLE w.t (id int PRIMARY KEY)");
        from.run("INSERT INTO w.t VALUES (1), (2)");
        to.run(
                "CREATE FUNCTION w.slow() RETURNS trigger LANGUAGE plpgsql AS "
                        + "$$BEGIN PERFORM pg_sleep(0.4); RETURN NEW; END$$",
                "CREATE TRIGGER slow BEFORE INSERT ON w.t FOR EACH ROW EXECUTE FUNCTION w.slow()",
                "ALTER DATABASE sink_write_to SET statement_timeout = '300ms'");
        try {
            prepared("t").write(sink, 0);
        } finally {
            to.run("SET statement_timeout = 0", "ALTER DATABASE sink_write_to RESET statement_timeout");
        }
        assertThat(to.one("SELECT count(*) FROM w.t")).isEqualTo("2");
    }

    @Test
    void refusedRowsOfEveryKindAreFoundInEveryChunk() throws SQLException {
        both("CREATE TABLE w.t (id int PRIMARY KEY, n int, pad text)");
        to.run(
                "ALTER TABLE w.t ADD CHECK (n <> 13)",
                "ALTER TABLE w.t ADD CONSTRAINT odd UNIQUE (n)",
                "INSERT INTO w.t VALUES (0, 2000)");
        // Four chunks; refused are n = 13 (check), 2000 (there already), ids 2901 to 2903 (equal to those before).
        from.run("INSERT INTO w.t SELECT n, CASE WHEN n BETWEEN 2901 AND 2903 THEN n - 1000 ELSE n END, "
                + "repeat('x', 10000) FROM generate_series(1, 3000) n");
        Load load = new Load(from, to).table("w", "t", plan -> Load.with(plan, new Quarantine(5L, null)));
        load.prepare(sink);

        assertThat(load.write(sink, 0).rows()).isEqualTo(5);

        assertThat(to.one("SELECT count(*) FROM w.t")).isEqualTo("2996");
        assertThat(to.rows("SELECT key, sqlstate, table_schema, table_name FROM godwit.quarantine q "
                        + "WHERE subtask LIKE '" + load.step() + "/%' ORDER BY at, key"))
                .hasSize(5)
                .contains("(id)=(13)|23514|w|t", "(id)=(2000)|23505|w|t", "(id)=(2902)|23505|w|t");
        assertThat(to.rows("SELECT DISTINCT columns, types FROM godwit.quarantine WHERE subtask LIKE '" + load.step()
                        + "/%'"))
                .containsExactly("{id,n,pad}|{int4,int4,text}");
    }

    @Test
    void everyRowRefusedIsEveryRowInTheQuarantine() throws SQLException {
        both("CREATE TABLE w.t (id int PRIMARY KEY)");
        to.run("ALTER TABLE w.t ADD CHECK (id < 0)");
        from.run("INSERT INTO w.t SELECT generate_series(1, 300)");
        Load load = new Load(from, to).table("w", "t", plan -> Load.with(plan, new Quarantine(null, 100.0)));
        load.prepare(sink);

        assertThat(load.write(sink, 0)).isEqualTo(load.tuples(0, "").tally());
    }

    @Test
    void rowsOfManyMegabytesAreWritten() throws SQLException {
        both("CREATE TABLE w.t (id int PRIMARY KEY, big text)");
        from.run("INSERT INTO w.t SELECT n, repeat(md5(n::text), 655360) FROM generate_series(1, 2) n");

        prepared("t").write(sink, 0);

        assertThat(to.rows("SELECT id, length(big), md5(big) FROM w.t ORDER BY id"))
                .isEqualTo(from.rows("SELECT id, length(big), md5(big) FROM w.t ORDER BY id"))
                .hasSize(2);
    }

    @Test
    void identityAndGeneratedColumnsOfTheTargetAreRespected() throws SQLException {
        from.run("CREATE TABLE w.t (id int PRIMARY KEY, n int)", "INSERT INTO w.t VALUES (7, 1), (9, 2)");
        to.run("CREATE TABLE w.t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "
                + "n int, twice int GENERATED ALWAYS AS (n * 2) STORED)");

        new Load(from, to).table("w", "t").run(sink);
        from.run("UPDATE w.t SET n = n + 10");
        new Load(from, to).mode(WriteMode.UPSERT).table("w", "t").run(sink);
        to.run("INSERT INTO w.t (n) VALUES (5)");

        assertThat(to.rows("SELECT * FROM w.t ORDER BY id")).containsExactly("7|11|22", "9|12|24", "10|5|10");
    }

    @Test
    void typesWithoutAPortableFormGoThroughText() throws SQLException {
        both(
                "CREATE TYPE w.mood AS ENUM ('sad', 'it''s fine')",
                "CREATE TYPE w.point3 AS (x float8, y float8, note text)",
                "CREATE DOMAIN w.positive AS int CHECK (VALUE > 0)",
                "CREATE TABLE w.t (id w.positive PRIMARY KEY, mood w.mood, moods w.mood[], at w.point3, ats w.point3[])");
        from.run(
                "INSERT INTO w.t VALUES (1, 'sad', '{sad,\"it''s fine\"}', (1.5, 'NaN', 'a,\"b\"'), NULL), "
                        + "(2, NULL, '{}', NULL, ARRAY[(0, 0, NULL)::w.point3]), (3, 'it''s fine', '{NULL}', (0.1, -0.0, ''), '{}')");

        for (WriteMode mode : List.of(WriteMode.APPEND, WriteMode.UPSERT, WriteMode.OVERWRITE, WriteMode.SWAP)) {
            new Load(from, to).mode(mode).table("w", "t").run(sink);
            assertThat(to.rows("SELECT * FROM w.t ORDER BY id"))
                    .as(mode.name())
                    .isEqualTo(from.rows("SELECT * FROM w.t ORDER BY id"));
        }
    }

    @Test
    void keysWithNullMeetNobody() throws SQLException {
        from.run("CREATE TABLE w.t (k int, n int)", "INSERT INTO w.t VALUES (NULL, 1), (NULL, 2), (3, 3), (3, 4)");
        to.run("CREATE TABLE w.t (k int UNIQUE, n int)");
        Load load = new Load(from, to)
                .mode(WriteMode.UPSERT)
                .table("w", "t", plan -> Load.with(plan, plan.create(), List.of("k"), ""));

        load.run(sink);

        assertThat(to.rows("SELECT k, n FROM w.t ORDER BY n")).containsExactly("null|1", "null|2", "3|4");
    }

    @Test
    void targetThatLostAColumnIsNamed() throws SQLException {
        both("CREATE TABLE w.t (id int PRIMARY KEY, n int)");
        from.run("INSERT INTO w.t VALUES (1, 1)");
        Load load = prepared("t");
        to.run("ALTER TABLE w.t DROP COLUMN n");

        assertThat(refused(() -> load.write(sink, 0)).code()).isEqualTo(ErrorCode.TARGET_COLUMN_NOT_FOUND);
    }
}
