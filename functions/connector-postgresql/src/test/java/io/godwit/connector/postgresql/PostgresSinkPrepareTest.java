package io.godwit.connector.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.connector.Sink;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.CreateMode;
import io.godwit.core.job.WriteMode;
import io.godwit.core.question.SinkQuestions.Preparation;
import java.sql.SQLException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What preparing does with targets that are there, with users' SQL, and with a plan that differs. */
class PostgresSinkPrepareTest {
    private final Database from = Database.of("sink_prepare_from");
    private final Database to = Database.of("sink_prepare_to");
    private final Sink sink = new PostgresSink(to.connection(), PostgresServer.secrets());

    @BeforeEach
    void empty() throws SQLException {
        for (Database database : List.of(from, to)) {
            database.run("DROP SCHEMA IF EXISTS shop CASCADE");
        }
        from.run("CREATE SCHEMA shop");
    }

    @AfterEach
    void close() {
        sink.close();
    }

    private static ErrorCode codeOf(ThrowingCallable call) {
        return catchThrowableOfType(GodwitException.class, call).code();
    }

    @Test
    void recreateDropsFirst() throws SQLException {
        from.run("CREATE TABLE shop.t (id int PRIMARY KEY)");
        to.run("CREATE SCHEMA shop", "CREATE TABLE shop.t (other text)");
        Load load = recreating();

        load.run(sink);

        assertThat(to.describe("shop", "t").columns()).extracting("name").containsExactly("id");
    }

    @Test
    void recreateDoesNotDropWhatOthersDependOn() throws SQLException {
        from.run("CREATE TABLE shop.t (id int PRIMARY KEY)");
        to.run("CREATE SCHEMA shop", "CREATE TABLE shop.t (id int PRIMARY KEY)", "CREATE VIEW shop.v AS TABLE shop.t");

        assertThat(codeOf(() -> recreating().prepare(sink))).isEqualTo(ErrorCode.SINK_REFUSED);
        assertThat(to.rows("SELECT * FROM shop.v")).isEmpty();
    }

    private Load recreating() throws SQLException {
        return new Load(from, to).table("shop", "t", plan -> Load.with(plan, CreateMode.RECREATE, List.of(), ""));
    }

    @Test
    void viewIsNoTarget() throws SQLException {
        from.run("CREATE TABLE shop.t (id int PRIMARY KEY)");
        to.run("CREATE SCHEMA shop", "CREATE VIEW shop.t AS SELECT 1 AS id");

        assertThat(codeOf(() -> new Load(from, to).table("shop", "t").prepare(sink)))
                .isEqualTo(ErrorCode.NOT_SUPPORTED);
    }

    @Test
    void keyThatIsNotUniqueIsRefused() throws SQLException {
        from.run("CREATE TABLE shop.t (id int PRIMARY KEY)");
        to.run("CREATE SCHEMA shop", "CREATE TABLE shop.t (id int)");
        Load load = new Load(from, to).mode(WriteMode.UPSERT).table("shop", "t");

        assertThat(codeOf(() -> load.prepare(sink))).isEqualTo(ErrorCode.KEY_REQUIRED);
    }

    @Test
    void columnThatThePlanAddsIsAdded() throws SQLException {
        from.run("CREATE TABLE shop.t (id int PRIMARY KEY, fresh text)", "INSERT INTO shop.t VALUES (2, 'x')");
        to.run("CREATE SCHEMA shop", "CREATE TABLE shop.t (id int PRIMARY KEY)", "INSERT INTO shop.t VALUES (1)");

        new Load(from, to).table("shop", "t").run(sink);

        assertThat(to.rows("SELECT * FROM shop.t ORDER BY 1")).containsExactly("1|null", "2|x");
    }

    @Test
    void usersSqlRunsOnceAndInItsPlace() throws SQLException {
        from.run("CREATE TABLE shop.t (id int PRIMARY KEY)", "INSERT INTO shop.t VALUES (1)");
        Load load = new Load(from, to).table("shop", "t");
        String before = "INSERT INTO shop.t VALUES (100); CREATE TABLE IF NOT EXISTS unqualified ()";

        load.prepare(sink, before);
        load.prepare(sink, before);
        load.write(sink, 0);
        load.publish(sink, 1, "INSERT INTO shop.t SELECT max(id) + 1 FROM shop.t");

        assertThat(to.rows("SELECT * FROM shop.t ORDER BY 1")).containsExactly("1", "100", "101");
        assertThat(to.one("SELECT to_regclass('public.unqualified') IS NOT NULL"))
                .isEqualTo("t");
    }

    @Test
    void usersSqlCannotEndTheTransaction() throws SQLException {
        from.run("CREATE TABLE shop.t (id int PRIMARY KEY)");
        Load load = new Load(from, to).table("shop", "t");

        GodwitException thrown = catchThrowableOfType(
                GodwitException.class, () -> load.prepare(sink, "SELECT 1", "CREATE TABLE shop.u (); COMMIT"));

        assertThat(thrown.code()).isEqualTo(ErrorCode.SINK_REFUSED);
        assertThat(thrown).hasMessageContaining("statement 2 of before");
        assertThat(to.rows("SELECT FROM pg_namespace WHERE nspname = 'shop'")).isEmpty();
    }

    @Test
    void usersSqlThatFailsUndoesThePublishing() throws SQLException {
        from.run("CREATE TABLE shop.t (id int PRIMARY KEY)", "INSERT INTO shop.t VALUES (1)");
        Load load = new Load(from, to).mode(WriteMode.OVERWRITE).table("shop", "t");
        load.prepare(sink);
        load.write(sink, 0);

        assertThat(codeOf(() -> load.publish(sink, 1, "SELECT 1 / 0"))).isEqualTo(ErrorCode.SINK_REFUSED);

        assertThat(to.rows("SELECT * FROM shop.t")).isEmpty();
        load.publish(sink);
        assertThat(to.rows("SELECT * FROM shop.t")).containsExactly("1");
    }

    @Test
    void otherPlanForAnUnwrittenStepPreparesIt() throws SQLException {
        from.run("CREATE TABLE shop.t (id int PRIMARY KEY)", "CREATE TABLE shop.u (id int PRIMARY KEY)");
        Load load = new Load(from, to).table("shop", "t");
        load.prepare(sink);

        load.table("shop", "u").prepare(sink);

        assertThat(to.describe("shop", "u").columns()).hasSize(1);
        load.write(sink, 0);
        load.write(sink, 1);
        load.publish(sink);
    }

    @Test
    void otherPlanForAWrittenStepChangesNothing() throws SQLException {
        from.run("CREATE TABLE shop.t (id int PRIMARY KEY)", "INSERT INTO shop.t VALUES (1)");
        from.run("CREATE TABLE shop.u (id int PRIMARY KEY)");
        Load load = new Load(from, to).mode(WriteMode.OVERWRITE).table("shop", "t");
        Preparation first = load.prepare(sink);
        load.write(sink, 0);

        assertThat(load.table("shop", "u").prepare(sink)).isEqualTo(first);

        assertThat(sink.ledger(load.step()).written()).hasSize(1);
        assertThat(to.one("SELECT to_regclass('shop.u') IS NULL")).isEqualTo("t");
    }
}
