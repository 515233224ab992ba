package io.godwit.connector.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.connector.Sink;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.job.Migrate.Quarantine;
import io.godwit.core.job.WriteMode;
import io.godwit.core.type.LogicalType.Scalar;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows on their way into targets that would bend, drop or keep them. */
class SqliteSinkWriteTest {
    private static final String NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT ";

    private final Connection from = TestFiles.empty("write_from");
    private final Connection to = TestFiles.empty("write_to");
    private final Sink sink = TestFiles.sink(to);

    @BeforeEach
    void fill() {
        TestFiles.run(
                "write_from",
                "CREATE TABLE t (id integer PRIMARY KEY, v text)",
                NUMBERS + "1000) INSERT INTO t SELECT i, 'v' || i FROM n");
    }

    @AfterEach
    void close() {
        sink.close();
    }

    private static GodwitException refused(ThrowingCallable call) {
        return catchThrowableOfType(GodwitException.class, call);
    }

    private Copy copy(WriteMode mode, String... tables) {
        return new Copy(from, to, mode, null, tables);
    }

    /** What the target's affinity would make another value of. */
    @ParameterizedTest
    @CsvSource({"numeric, 1.10", "integer, ' 7 '", "double, 1e5", "date, 20260101", "any, 007", "json, 1e2"})
    void textThatTheTargetWouldTakeForANumberIsRefused(String type, String value) {
        TestFiles.run("write_from", "UPDATE t SET v = '" + value + "' WHERE id = 777");
        TestFiles.run("write_to", "CREATE TABLE t (id integer PRIMARY KEY, v " + type + ")");
        Copy copy = copy(WriteMode.APPEND, "t");
        copy.prepare(sink);

        GodwitException thrown = refused(() -> copy.write(sink, 0));

        assertThat(thrown.code()).isEqualTo(ErrorCode.ROW_REFUSED);
        assertThat(thrown).hasMessageContaining("(id)=(777)").hasMessageNotContaining(value.strip() + "'");
        assertThat(TestFiles.one("write_to", "SELECT count(*) FROM t")).isEqualTo("0");
    }

    /** Under decimal_text, numeric's own digits stay; a NUMERIC column has no place for them. */
    @ParameterizedTest
    @CsvSource({"1.10, false", "0.1, true", "12345678901234567890, false", "7, true", "NaN, false", "1.0, false"})
    void decimalThatTheTargetWouldRoundIsRefused(String value, boolean kept) {
        TestFiles.run(
                "write_from",
                "CREATE TABLE d (id integer PRIMARY KEY, v decimal_text)",
                "INSERT INTO d VALUES (1, '" + value + "')");
        TestFiles.run("write_to", "CREATE TABLE d (id integer PRIMARY KEY, v numeric)");
        Copy copy = new Copy(from, to, WriteMode.APPEND, new Quarantine(1L, null), "d");
        copy.prepare(sink);

        assertThat(copy.write(sink, 0).rows()).isEqualTo(kept ? 0 : 1);
    }

    /** Of NaN SQLite makes NULL, and it drops the sign of a zero. */
    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, -0.0})
    void numberThatSqliteDoesNotKeepIsRefused(double value) {
        byte[] field = ByteBuffer.allocate(Double.BYTES).putDouble(value).array();

        assertThatThrownBy(() -> SqliteValues.of(Scalar.FLOAT8, "double").of(field, 0, field.length))
                .isInstanceOf(SqliteValues.RefusedValueException.class);
    }

    @Test
    void refusedRowsGoIntoTheQuarantineAndTheRestArrives() {
        TestFiles.run("write_to", "CREATE TABLE t (id integer PRIMARY KEY, v text CHECK (v NOT IN ('v5', 'v500')))");
        Copy copy = new Copy(from, to, WriteMode.APPEND, new Quarantine(2L, null), "t");
        copy.prepare(sink);

        assertThat(copy.write(sink, 0).rows()).isEqualTo(2);
        copy.publish(sink);

        assertThat(TestFiles.one("write_to", "SELECT count(*) FROM t")).isEqualTo("998");
        assertThat(TestFiles.one("write_to", "SELECT group_concat(row_key || code) FROM godwit_quarantine"))
                .isEqualTo("(id)=(5)SQLITE_CONSTRAINT_CHECK,(id)=(500)SQLITE_CONSTRAINT_CHECK");
    }

    @ParameterizedTest
    @ValueSource(strings = {"raise(ignore)", "raise(abort, 'not this one')"})
    void rowThatATriggerKeepsOutIsNamed(String what) {
        TestFiles.run(
                "write_to",
                "CREATE TABLE t (id integer PRIMARY KEY, v text)",
                "CREATE TRIGGER no BEFORE INSERT ON t WHEN NEW.id = 501 BEGIN SELECT " + what + "; END");
        Copy copy = copy(WriteMode.APPEND, "t");
        copy.prepare(sink);

        assertThat(refused(() -> copy.write(sink, 0))).hasMessageContaining("(id)=(501)");
    }

    /** What the table's own definition says of conflicts would drop rows, or those that are there, without a word. */
    @ParameterizedTest
    @ValueSource(strings = {"IGNORE", "REPLACE"})
    void rowThatMeetsAnotherIsRefusedWhateverTheTableSays(String conflict) {
        TestFiles.run(
                "write_to",
                "CREATE TABLE t (id integer PRIMARY KEY, v text UNIQUE ON CONFLICT " + conflict + ")",
                "INSERT INTO t VALUES (-1, 'v501')");
        Copy copy = copy(WriteMode.APPEND, "t");
        copy.prepare(sink);

        assertThat(refused(() -> copy.write(sink, 0))).hasMessageContaining("(id)=(501)");
        assertThat(TestFiles.one("write_to", "SELECT group_concat(id) FROM t")).isEqualTo("-1");
    }

    /** SQLite makes the next number of a NULL there. */
    @Test
    void nullWhereRowsAreNumberedIsRefused() {
        TestFiles.run("write_from", "CREATE TABLE n (id int, v text)", "INSERT INTO n VALUES (NULL, 'x')");
        TestFiles.run("write_to", "CREATE TABLE n (id integer PRIMARY KEY, v text)");
        Copy copy = copy(WriteMode.APPEND, "n");
        copy.prepare(sink);

        assertThat(refused(() -> copy.write(sink, 0)).code()).isEqualTo(ErrorCode.ROW_REFUSED);
    }

    @ParameterizedTest
    @EnumSource(WriteMode.class)
    void tablesThatReferToEachOtherAreLoadedInAnyOrder(WriteMode mode) {
        for (String database : List.of("write_from", "write_to")) {
            TestFiles.run(
                    database,
                    "CREATE TABLE team (id integer PRIMARY KEY, captain int REFERENCES player (id))",
                    "CREATE TABLE player (id integer PRIMARY KEY, team int NOT NULL REFERENCES team (id))");
        }
        TestFiles.run(
                "write_from",
                NUMBERS + "9) INSERT INTO team SELECT i, i * 10 FROM n",
                NUMBERS + "90) INSERT INTO player SELECT i, 1 + i % 9 FROM n");

        copy(mode, "team", "player").run(sink);

        assertThat(TestFiles.one("write_to", "SELECT count(*) FROM player")).isEqualTo("90");
        assertThat(TestFiles.one("write_to", "SELECT count(*) FROM pragma_foreign_key_check"))
                .isEqualTo("0");
    }

    @Test
    void rowThatRefersToNobodyFailsThePublishing() {
        TestFiles.run(
                "write_from",
                "CREATE TABLE child (id integer PRIMARY KEY, t int)",
                "INSERT INTO child VALUES (1, 1001)");
        TestFiles.run(
                "write_to",
                "CREATE TABLE t (id integer PRIMARY KEY, v text)",
                "CREATE TABLE child (id integer PRIMARY KEY, t int REFERENCES t (id))");
        Copy copy = copy(WriteMode.APPEND, "child", "t");
        copy.prepare(sink);
        copy.write(sink, 0);
        copy.write(sink, 1);

        GodwitException thrown = refused(() -> copy.publish(sink));

        assertThat(thrown.code()).isEqualTo(ErrorCode.ROW_REFUSED);
        assertThat(thrown).hasMessageContaining("child").hasMessageContaining("rows that t does not have");
    }

    @Test
    void swappedTableKeepsItsIndexesTriggersViewsAndReferences() {
        TestFiles.run(
                "write_to",
                "CREATE TABLE t (id integer PRIMARY KEY AUTOINCREMENT, v text COLLATE NOCASE DEFAULT 'none')",
                "INSERT INTO t VALUES (5, 'old')",
                "CREATE INDEX by_v ON t (v)",
                "CREATE TRIGGER after_t AFTER DELETE ON t BEGIN SELECT 1; END",
                "CREATE VIEW seen AS SELECT v FROM t",
                "CREATE TABLE child (id integer PRIMARY KEY, t int REFERENCES t (id))",
                "INSERT INTO child VALUES (1, 5)");

        copy(WriteMode.SWAP, "t").run(sink);

        assertThat(TestFiles.one("write_to", "SELECT count(*) FROM seen")).isEqualTo("1000");
        assertThat(TestFiles.one(
                        "write_to",
                        "SELECT group_concat(name) FROM (SELECT name FROM sqlite_schema WHERE "
                                + "tbl_name = 't' AND type IN ('index', 'trigger') ORDER BY name)"))
                .isEqualTo("after_t,by_v");
        assertThat(TestFiles.one("write_to", "SELECT \"table\" FROM pragma_foreign_key_list('child')"))
                .isEqualTo("t");
        assertThat(TestFiles.one("write_to", "SELECT count(*) FROM sqlite_schema WHERE name LIKE '%aside%'"))
                .isEqualTo("0");
        TestFiles.run("write_to", "INSERT INTO t (v) VALUES ('next')");
        assertThat(TestFiles.one("write_to", "SELECT max(id) FROM t")).isEqualTo("1001");
    }

    @Test
    void definitionOfACreatedTableIsThatOfItsSource() {
        TestFiles.run(
                "write_from",
                "CREATE TABLE d (id integer PRIMARY KEY, a int NOT NULL DEFAULT 7, b varchar(10) COLLATE NOCASE UNIQUE,"
                        + " twice int AS (a * 2) STORED)",
                "CREATE INDEX d_ab ON d (a, b)",
                "INSERT INTO d (a, b) VALUES (1, 'x'), (2, NULL)");

        copy(WriteMode.APPEND, "d").run(sink);

        TestFiles.run("write_to", "INSERT INTO d (b) VALUES ('next')");
        assertThat(TestFiles.one("write_to", "SELECT id || ' ' || a FROM d WHERE b = 'NEXT'"))
                .isEqualTo("3 7");
        assertThat(TestFiles.one("write_to", "SELECT group_concat(twice) FROM d WHERE twice IS NOT NULL"))
                .isEqualTo("2,4");
        assertThat(TestFiles.one("write_to", "SELECT count(*) FROM pragma_index_list('d')"))
                .isEqualTo("2");
    }

    /** Each would end the transaction of the step, reach another file, or change what SQL means. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "COMMIT",
                "/* x */ -- y\n rollback",
                "ATTACH 'other.db' AS other",
                "PRAGMA writable_schema = ON",
                "VACUUM INTO 'other.db'",
                "CREATE TABLE x (a); COMMIT",
                "SELECT ';'; SELECT 1"
            })
    void statementThatIsMoreThanOneOfTheStepIsRefused(String statement) {
        GodwitException thrown = refused(() -> copy(WriteMode.APPEND, "t").prepare(sink, statement));

        assertThat(thrown.code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
        assertThat(TestFiles.one("write_to", "SELECT count(*) FROM sqlite_schema"))
                .isEqualTo("0");
    }

    @Test
    void statementsOfTheJobRunInTheTransactionOfTheStep() {
        copy(WriteMode.APPEND, "t")
                .prepare(
                        sink,
                        "CREATE TABLE log (what text);",
                        "CREATE TRIGGER logs AFTER INSERT ON t BEGIN INSERT INTO log VALUES (';'); END;");

        assertThat(TestFiles.one("write_to", "SELECT count(*) FROM sqlite_schema WHERE name IN ('log', 'logs')"))
                .isEqualTo("2");
    }

    @Test
    void extensionsAreNotLoaded() {
        assertThat(refused(() -> copy(WriteMode.APPEND, "t").prepare(sink, "SELECT load_extension('x')"))
                        .code())
                .isEqualTo(ErrorCode.SINK_REFUSED);
    }

    @Test
    void writerThatWaitsTooLongIsTriedAgain() throws Exception {
        Copy copy = new Copy(
                from, TestFiles.connection("write_to", Map.of("busyTimeout", "1")), WriteMode.APPEND, null, "t");
        copy.prepare(sink);
        try (Sink impatient = TestFiles.sink(TestFiles.connection("write_to", Map.of("busyTimeout", "1")));
                java.sql.Connection other = TestFiles.other("write_to");
                java.sql.Statement statement = other.createStatement()) {
            statement.executeUpdate("BEGIN IMMEDIATE");

            GodwitException thrown = refused(() -> copy.write(impatient, 0));

            assertThat(thrown.code()).isEqualTo(ErrorCode.SINK_INTERRUPTED);
            statement.executeUpdate("ROLLBACK");
            copy.write(impatient, 0);
        }
        assertThat(TestFiles.one("write_to", "SELECT count(*) FROM t")).isEqualTo("1000");
    }
}
