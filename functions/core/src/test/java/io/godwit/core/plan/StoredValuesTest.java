package io.godwit.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.job.CreateMode;
import io.godwit.core.plan.Origin.Computed;
import io.godwit.core.plan.Origin.Constant;
import io.godwit.core.plan.Origin.SourceColumn;
import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;
import io.godwit.core.table.Column;
import io.godwit.core.table.Key;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Scalar;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoredValuesTest {
    private static final SourceColumn ID = new SourceColumn("id", Scalar.INT4);
    private static final SourceColumn TOTAL = new SourceColumn("total", Scalar.INT4);
    private static final SourceColumn NOTE = new SourceColumn("note", Scalar.TEXT);
    private static final Formula TWICE = new Formula("total * 2", List.of(TOTAL), Scalar.INT4);

    private final TablePlan then = plan(
            null,
            column("id", ID, Scalar.INT8),
            column("total", TOTAL, Scalar.INT4),
            column("twice", new Computed(TWICE), Scalar.INT4));

    /** Whatever was computed is not computed again of what it became. */
    @Test
    void whatHasTheOriginThatItHadIsTakenAsItWasStored() {
        List<ColumnPlan> columns = new StoredValues(then).columns(then);

        assertThat(columns)
                .extracting(ColumnPlan::origin)
                .containsExactly(stored("id", Scalar.INT8), stored("total", Scalar.INT4), stored("twice", Scalar.INT4));
    }

    @Test
    void columnThatGoesElsewhereOrIsWidenedIsTakenFromWhereItWent() {
        TablePlan now = plan(null, column("amount", TOTAL, Scalar.INT8), column("by", new Constant("x"), Scalar.TEXT));

        assertThat(new StoredValues(then).columns(now))
                .extracting(ColumnPlan::origin)
                .containsExactly(stored("total", Scalar.INT4), new Constant("x"));
    }

    @Test
    void newExpressionsNeedColumnsThatCameAlongUnchanged() {
        Formula half = new Formula("total / 2", List.of(TOTAL), Scalar.INT4);
        Formula ofConverted = new Formula("id + 1", List.of(ID), Scalar.INT4);
        Formula ofAnother = new Formula("length(note)", List.of(NOTE), Scalar.INT4);

        assertThat(new StoredValues(then).columns(plan(null, column("half", new Computed(half), Scalar.INT4))))
                .extracting(ColumnPlan::origin)
                .containsExactly(new Computed(half));
        for (Formula formula : List.of(ofConverted, ofAnother)) {
            assertThat(refusal(plan(null, column("x", new Computed(formula), Scalar.INT4)))
                            .code())
                    .isEqualTo(ErrorCode.SOURCE_COLUMN_NOT_FOUND);
        }
    }

    @Test
    void columnThatWasNotTakenOrHasNoWayToItsTypeIsRefused() {
        assertThat(refusal(plan(null, column("note", NOTE, Scalar.TEXT)))).hasMessageContaining("needs column note");
        assertThat(refusal(plan(null, column("total", TOTAL, Scalar.UUID))).code())
                .isEqualTo(ErrorCode.TYPE_INCOMPATIBLE);
    }

    /** A numeric that was consented to become a float8 is not whole again as a numeric. */
    @Test
    void whatWasNarrowedIsNotPassedOnAsTheSourcesValue() {
        SourceColumn exact = new SourceColumn("total", Scalar.INT8);
        StoredValues narrowed = new StoredValues(plan(null, column("total", exact, Scalar.FLOAT8)));

        assertThat(catchThrowableOfType(
                        GodwitException.class, () -> narrowed.columns(plan(null, column("total", exact, Scalar.TEXT)))))
                .hasMessageContaining("narrowed to float8");
        assertThat(narrowed.columns(plan(null, column("total", exact, Scalar.FLOAT8))))
                .extracting(ColumnPlan::origin)
                .containsExactly(stored("total", Scalar.FLOAT8));
    }

    @Test
    void filterThatTheRowsHavePassedIsNotAskedAgain() {
        Formula filter = new Formula("note is null", List.of(NOTE), Scalar.BOOL);
        Formula other = new Formula("total > 3", List.of(TOTAL), Scalar.BOOL);
        TablePlan filtered = plan(filter, column("total", TOTAL, Scalar.INT4));

        assertThat(new StoredValues(filtered).filter(filtered)).isNull();
        assertThat(new StoredValues(filtered).filter(plan(other))).isEqualTo(other);
        assertThat(catchThrowableOfType(GodwitException.class, () -> new StoredValues(then).filter(plan(filter))))
                .hasMessageContaining("needs column note");
    }

    /** A topic's messages have the source's key, and a field of Avro is no union where the source has no NULL. */
    @Test
    void whatIsStoredHasTheKeyAndTheNullsOfTheSource() {
        TableDescription table = new TableDescription(
                new TableName("db", "public", "orders"),
                "table",
                List.of(described(ID, false), described(TOTAL, false), described(NOTE, true)),
                new Key("orders_pkey", List.of("id", "total")),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                -1,
                -1);
        TablePlan renamed = plan(
                        null,
                        column("number", ID, Scalar.INT4),
                        column("total", TOTAL, Scalar.INT8),
                        column("note", NOTE, Scalar.TEXT),
                        column("twice", new Computed(TWICE), Scalar.INT4))
                .toBuilder()
                .source(then.source(), table)
                .build();

        TablePlan replay = new StoredValues(renamed).replaying(renamed, 3, then.sink(), 7);

        assertThat(replay.replays()).isTrue();
        assertThat(replay.ordinal()).isEqualTo(3);
        assertThat(replay.columns()).extracting(ColumnPlan::origin).first().isEqualTo(stored("number", Scalar.INT4));
        assertThat(replay.definition().primaryKey())
                .isEqualTo(new Key("orders_pkey", List.of("godwit:target:number", "godwit:target:total")));
        assertThat(replay.definition().columns())
                .filteredOn(column -> !column.nullable())
                .extracting(Column::name)
                .containsExactly("id", "total", "godwit:target:number");
        assertThat(KeptRows.plain("godwit:target:number")).isEqualTo("number");
    }

    /** A key of which a part was not taken names no row. */
    @Test
    void keyThatDidNotComeAlongIsNone() {
        TablePlan without = plan(null, column("total", TOTAL, Scalar.INT4)).toBuilder()
                .source(
                        then.source(),
                        new TableDescription(
                                new TableName("db", "public", "orders"),
                                "table",
                                List.of(described(ID, false), described(TOTAL, false)),
                                new Key("orders_pkey", List.of("id")),
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(),
                                null,
                                -1,
                                -1))
                .build();

        assertThat(new StoredValues(without)
                        .replaying(without, 0, then.sink(), 1)
                        .definition()
                        .primaryKey())
                .isNull();
    }

    private static Column described(SourceColumn column, boolean nullable) {
        return new Column(
                column.name(), column.type(), column.type().notation(), nullable, null, false, null, null, null);
    }

    private GodwitException refusal(TablePlan now) {
        return catchThrowableOfType(GodwitException.class, () -> new StoredValues(then).columns(now));
    }

    private static SourceColumn stored(String target, LogicalType type) {
        return new SourceColumn("godwit:target:" + target, type);
    }

    private static ColumnPlan column(String target, Origin origin, LogicalType type) {
        return new ColumnPlan(target, origin, type, type.notation());
    }

    private static TablePlan plan(@Nullable Formula filter, ColumnPlan... columns) {
        Connection connection = Steps.connection("target", "h", "db");
        TableName name = new TableName("db", "public", "orders");
        return TablePlan.builder(StepId.of(RunId.of("job", Instant.EPOCH), "copy"), 0)
                .source(
                        connection,
                        new TableDescription(
                                name, "table", List.of(), null, List.of(), List.of(), List.of(), List.of(), List.of(),
                                null, -1, -1))
                .sink(connection, name)
                .targetExists(true)
                .create(CreateMode.NEVER)
                .columns(List.of(columns))
                .maxRowBytes(1 << 20)
                .filter(filter)
                .build();
    }
}
