package io.godwit.connector.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.connector.Sink;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.job.Migrate.Quarantine;
import io.godwit.core.job.WriteMode;
import io.godwit.core.question.SinkQuestions.Preparation;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows on their way into targets that would bend, drop or keep them. */
class MySqlSinkWriteTest {
    private final Connection from = MySqlServer.anew("write_from");
    private final Connection to = MySqlServer.anew("write_to");
    private final Sink sink = new MySqlSink(to, MySqlServer.secrets());

    @BeforeEach
    void fill() {
        MySqlServer.run("write_from", "CREATE TABLE t (id int PRIMARY KEY, v varchar(40))");
        MySqlServer.run("write_from", "INSERT INTO t SELECT seq, concat('v', seq) FROM seq_1_to_1000");
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

    /** What LOAD DATA LOCAL would cut, round, clip or make 0 of, with a warning that nobody reads. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "varchar(3)",
                "int",
                "decimal(2,1)",
                "enum('a','b')",
                "date",
                "tinyint",
                "json",
                "varchar(40) CHARACTER SET ascii"
            })
    void valueThatTheTargetWouldBendIsRefused(String type) {
        MySqlServer.run("write_from", "UPDATE t SET v = '1'", "UPDATE t SET v = 'né–12345.678' WHERE id = 777");
        MySqlServer.run(
                "write_from",
                "UPDATE t SET v = '2020-01-01' WHERE id <> 777 AND '" + type.replace("'", "''") + "' = 'date'");
        MySqlServer.run(
                "write_from",
                "UPDATE t SET v = 'a' WHERE id <> 777 AND '" + type.replace("'", "''") + "' LIKE 'enum%'");
        MySqlServer.run("write_to", "CREATE TABLE t (id int PRIMARY KEY, v " + type + ")");
        Copy copy = copy(WriteMode.APPEND, "t");
        copy.prepare(sink);

        GodwitException thrown = refused(() -> copy.write(sink, 0));

        assertThat(thrown.code()).isEqualTo(ErrorCode.ROW_REFUSED);
        assertThat(thrown).hasMessageContaining("(id)=(777)").hasMessageNotContaining("12345");
        assertThat(MySqlServer.one("write_to", "SELECT count(*) FROM t")).isEqualTo("0");
    }

    @Test
    void refusedRowsGoIntoTheQuarantineAndTheRestArrives() {
        MySqlServer.run("write_from", "UPDATE t SET v = 'too long for it' WHERE id IN (5, 500)");
        MySqlServer.run("write_to", "CREATE TABLE t (id int PRIMARY KEY, v varchar(6))");
        Copy copy = new Copy(from, to, WriteMode.APPEND, new Quarantine(2L, null), "t");
        copy.prepare(sink);

        assertThat(copy.write(sink, 0).rows()).isEqualTo(2);
        copy.publish(sink);

        assertThat(MySqlServer.one("write_to", "SELECT count(*) FROM t")).isEqualTo("998");
        assertThat(MySqlServer.one("write_to", "SELECT group_concat(row_key ORDER BY id) FROM godwit_quarantine"))
                .isEqualTo("(id)=(5),(id)=(500)");
    }

    @Test
    void textsBecomeGeometriesAndWhatIsNoneIsRefused() {
        MySqlServer.run(
                "write_from",
                "UPDATE t SET v = concat(if(id % 2 = 0, '', 'SRID=4326;'), 'LINESTRING(0 0.5,', id, ' -1e300)')",
                "UPDATE t SET v = 'POINT(1 2' WHERE id = 5",
                "UPDATE t SET v = NULL WHERE id = 6");
        MySqlServer.run("write_to", "CREATE TABLE t (id int PRIMARY KEY, v geometry)");
        Copy copy = new Copy(from, to, WriteMode.APPEND, new Quarantine(1L, null), "t");
        copy.prepare(sink);

        assertThat(copy.write(sink, 0).rows()).isOne();
        copy.publish(sink);

        assertThat(MySqlServer.one("write_to", "SELECT group_concat(row_key) FROM godwit_quarantine"))
                .isEqualTo("(id)=(5)");
        assertThat(MySqlServer.one(
                        "write_to",
                        "SELECT concat(count(*), ' ', count(v), ' ', sum(ST_SRID(v)), ' ', max(ST_AsText(v))) FROM t"))
                .isEqualTo("999 998 2158674 LINESTRING(0 0.5,999 -1e300)");
    }

    @Test
    void serverThatTakesNoFilesGetsInserts() {
        MySqlServer.run("mysql", "SET GLOBAL local_infile = OFF");
        try {
            copy(WriteMode.APPEND, "t").run(sink);
        } finally {
            MySqlServer.run("mysql", "SET GLOBAL local_infile = ON");
        }

        assertThat(MySqlServer.one("write_to", "SELECT concat(count(*), ' ', max(v)) FROM t"))
                .isEqualTo("1000 v999");
    }

    @Test
    void rowThatATriggerRefusesIsNamed() {
        MySqlServer.run(
                "write_to",
                "CREATE TABLE t (id int PRIMARY KEY, v varchar(40))",
                "CREATE TRIGGER no BEFORE INSERT ON t FOR EACH ROW BEGIN IF NEW.id = 501 THEN "
                        + "SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not this one'; END IF; END");
        Copy copy = copy(WriteMode.APPEND, "t");
        copy.prepare(sink);

        assertThat(refused(() -> copy.write(sink, 0)))
                .hasMessageContaining("(id)=(501)")
                .hasMessageContaining("not this one");
    }

    @ParameterizedTest
    @EnumSource(WriteMode.class)
    void tablesThatReferToEachOtherAreLoadedInAnyOrder(WriteMode mode) {
        String team = "CREATE TABLE team (id int PRIMARY KEY, captain int)";
        String player = "CREATE TABLE player (id int PRIMARY KEY, team int NOT NULL)";
        for (String database : List.of("write_from", "write_to")) {
            MySqlServer.run(database, team, player);
        }
        MySqlServer.run(
                "write_from",
                "INSERT INTO team SELECT seq, seq * 10 FROM seq_1_to_9",
                "INSERT INTO player SELECT seq, 1 + seq % 9 FROM seq_1_to_90");
        if (mode != WriteMode.SWAP) {
            MySqlServer.run(
                    "write_to",
                    "ALTER TABLE team ADD FOREIGN KEY (captain) REFERENCES player (id)",
                    "ALTER TABLE player ADD FOREIGN KEY (team) REFERENCES team (id)");
        }

        copy(mode, "team", "player").run(sink);

        assertThat(MySqlServer.one("write_to", "SELECT count(*) FROM player")).isEqualTo("90");
    }

    @Test
    void planTellsTheIndexesThatACreatedTableGetsAndTheKeysThatItDoesNot() {
        MySqlServer.run(
                "write_from",
                "CREATE TABLE child (id int PRIMARY KEY, a int NOT NULL DEFAULT 7 COMMENT 'how many', t int, KEY by_a (a, t),"
                        + " CONSTRAINT child_fk FOREIGN KEY (t) REFERENCES t (id))");
        Copy copy = copy(WriteMode.APPEND, "child");

        Preparation told = copy.preview(sink);

        assertThat(told.statements())
                .anySatisfy(sql -> assertThat(sql)
                        .startsWith("CREATE TABLE")
                        .contains("NOT NULL DEFAULT 7 COMMENT 'how many'", "PRIMARY KEY"))
                .anySatisfy(sql -> assertThat(sql)
                        .startsWith("/* once it is loaded */ ALTER TABLE")
                        .contains("ADD INDEX `by_a` (`a`, `t`)"));
        assertThat(told.notes()).contains("child: foreign key child_fk is not taken over");
    }

    @Test
    void rowThatRefersToNobodyFailsThePublishing() {
        MySqlServer.run(
                "write_from", "CREATE TABLE child (id int PRIMARY KEY, t int)", "INSERT INTO child VALUES (1, 1001)");
        MySqlServer.run(
                "write_to",
                "CREATE TABLE t (id int PRIMARY KEY, v varchar(40))",
                "CREATE TABLE child (id int PRIMARY KEY, t int, CONSTRAINT child_fk FOREIGN KEY (t) REFERENCES t (id))");
        Copy copy = copy(WriteMode.APPEND, "child", "t");
        copy.prepare(sink);
        copy.write(sink, 0);
        copy.write(sink, 1);

        GodwitException thrown = refused(() -> copy.publish(sink));

        assertThat(thrown.code()).isEqualTo(ErrorCode.ROW_REFUSED);
        assertThat(thrown).hasMessageContaining("child_fk").hasMessageContaining("child");
    }

    @Test
    void swapOfATableThatOthersReferToIsRefused() {
        MySqlServer.run(
                "write_to",
                "CREATE TABLE t (id int PRIMARY KEY, v varchar(40))",
                "CREATE TABLE child (id int PRIMARY KEY, t int, FOREIGN KEY (t) REFERENCES t (id))");

        GodwitException thrown = refused(() -> copy(WriteMode.SWAP, "t").prepare(sink));

        assertThat(thrown.code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
        assertThat(thrown).hasMessageContaining("refer to it");
    }

    @Test
    void tableWithoutTransactionsIsRefused() {
        MySqlServer.run("write_to", "CREATE TABLE t (id int PRIMARY KEY, v varchar(40)) ENGINE = MyISAM");

        GodwitException thrown = refused(() -> copy(WriteMode.APPEND, "t").prepare(sink));

        assertThat(thrown.code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
        assertThat(thrown).hasMessageContaining("MyISAM");
    }

    @ParameterizedTest
    @EnumSource(
            value = WriteMode.class,
            names = {"APPEND", "OVERWRITE", "SWAP"})
    void definitionOfACreatedTableIsThatOfItsSource(WriteMode mode) {
        MySqlServer.run(
                "write_from",
                "CREATE TABLE d (id bigint unsigned AUTO_INCREMENT PRIMARY KEY, a int NOT NULL DEFAULT 7 COMMENT 'it''s a',"
                        + " b varchar(10) COLLATE utf8mb4_unicode_ci, twice int AS (a * 2) STORED, UNIQUE KEY ub (b), KEY k (a, b))"
                        + " COMMENT = 'what d is'",
                "INSERT INTO d (a, b) VALUES (1, 'x'), (2, NULL)");

        copy(mode, "d").run(sink);

        assertThat(MySqlServer.one("write_to", "SELECT group_concat(twice ORDER BY id) FROM d"))
                .isEqualTo("2,4");
        String columns = "SELECT group_concat(column_name, column_type, is_nullable, coalesce(column_default, '-'), "
                + "column_comment, coalesce(collation_name, '-'), extra ORDER BY ordinal_position SEPARATOR '; ') "
                + "FROM information_schema.columns WHERE table_name = 'd' AND table_schema = database()";
        assertThat(MySqlServer.one("write_to", columns)).contains("it's a").contains("auto_increment");
        MySqlServer.run("write_to", "INSERT INTO d (b) VALUES ('next')");
        assertThat(MySqlServer.one("write_to", "SELECT concat(id, ' ', a) FROM d WHERE b = 'next'"))
                .isEqualTo("3 7");
        assertThat(
                        MySqlServer.one(
                                "write_to",
                                "SELECT group_concat(index_name, ' ', column_name ORDER BY binary index_name, seq_in_index) "
                                        + "FROM information_schema.statistics WHERE table_name = 'd' AND table_schema = database()"))
                .isEqualTo("PRIMARY id,k a,k b,ub b");
    }
}
