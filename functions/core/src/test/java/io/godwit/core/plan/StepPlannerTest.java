package io.godwit.core.plan;

import static io.godwit.core.plan.Steps.column;
import static io.godwit.core.plan.Steps.columnsOf;
import static io.godwit.core.plan.Steps.connection;
import static io.godwit.core.plan.Steps.renamed;
import static io.godwit.core.plan.Steps.selection;
import static io.godwit.core.plan.Steps.step;
import static io.godwit.core.plan.Steps.targets;
import static io.godwit.core.plan.Steps.value;
import static io.godwit.core.plan.Tables.keyed;
import static io.godwit.core.plan.Tables.named;
import static io.godwit.core.plan.Tables.table;
import static io.godwit.core.plan.Tables.view;
import static io.godwit.core.type.LogicalType.Scalar.INT4;
import static io.godwit.core.type.LogicalType.Scalar.INT8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.job.CreateMode;
import io.godwit.core.job.Migrate;
import io.godwit.core.job.Migrate.TableSelection;
import io.godwit.core.job.WriteMode;
import io.godwit.core.plan.StepQuestion.Bounds;
import io.godwit.core.plan.StepQuestion.Marks;
import io.godwit.core.table.TableName;
import io.godwit.core.table.TargetType;
import io.godwit.core.type.LogicalType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StepPlannerTest {
    private static final Connection OTHER_KIND = new Connection(
            "shop", "other", "db.example.org", null, "shop", null, null, Map.of(), Connection.Limits.NONE, List.of());

    @Test
    void databasesGoTableByTable() {
        PlannedTables planned = step().source(
                        "public.*",
                        table("public.orders", "id int8"),
                        table("public.customers", "id int8"),
                        table("public.tmp_x", "id int8"),
                        view("public.open_orders", "id int8"))
                .plan();
        assertThat(targets(planned))
                .containsExactly("shop.public.customers -> lake.customers", "shop.public.orders -> lake.orders");
        assertThat(planned.tables()).extracting(TablePlan::ordinal).containsExactly(0, 1);
        assertThat(planned.notes())
                .containsExactly("shop.public.open_orders is left out: it is a view, and no entry names it exactly");
    }

    @Test
    void columnsOfNewTablesHaveTheTypesThatTheSinkHas() {
        PlannedTables planned = step().source(
                        OTHER_KIND,
                        List.of(selection("public.*")),
                        keyed("public.orders", List.of("id"), "id int4", "n int4"))
                .sinkTypes(
                        new TargetType(INT4, true, INT4, "KEYNUMBER", null),
                        new TargetType(INT4, false, INT8, "NUMBER", "zero"))
                .plan();
        assertThat(planned.tables().get(0).columns())
                .extracting(ColumnPlan::wireType, ColumnPlan::targetNativeType)
                .containsExactly(tuple(INT4, "KEYNUMBER"), tuple(INT8, "NUMBER"));
        assertThat(planned.notes()).contains("lake.orders: NUMBER takes no zero; a row with one is refused (n)");
    }

    @Test
    void sinkTypeThatLosesValuesNeedsConsentForItsType() {
        Steps step = step().source(OTHER_KIND, List.of(selection("public.*")), table("public.orders", "id int8"))
                .sinkTypes(
                        new TargetType(INT8, false, INT4, "NUMBER", null),
                        new TargetType(INT4, false, INT4, "NUMBER", null));
        assertThatThrownBy(step::plan)
                .isInstanceOf(GodwitException.class)
                .hasMessageContaining("int8 does not fit into int4");

        assertThat(columnsOf(
                        step.types(Map.of("bigint", "int4")).plan().tables().get(0)))
                .containsExactly("id<-id:int4");
    }

    @Test
    void wordOfATypeWithoutParametersMeansItWithAny() {
        LogicalType money = LogicalType.parse("numeric(18,2)");
        assertThat(RequestedTypes.of(Map.of("numeric", "text"), money)).isEqualTo(LogicalType.Scalar.TEXT);
        assertThat(RequestedTypes.of(Map.of("numeric", "text", "decimal(18,2)", "float8"), money))
                .isEqualTo(LogicalType.Scalar.FLOAT8);
        assertThat(RequestedTypes.of(Map.of("numeric(9,2)", "text"), money)).isNull();
    }

    @Test
    void viewsComeAlongByTheirExactName() {
        assertThat(targets(step().source("public.open_orders", view("public.open_orders", "id int8"))
                        .plan()))
                .containsExactly("shop.public.open_orders -> lake.open_orders");
    }

    @Test
    void mostParticularEntryCounts() {
        TableSelection exact = new TableSelection("public.orders", "lake.a", null, null, null, null);
        TableSelection pattern = new TableSelection("public.o*", "lake.b_{table}", null, null, null, null);
        PlannedTables planned = step().source(
                        connection("shop", "db", "shop"),
                        List.of(exact, pattern, selection("public.*")),
                        table("public.orders", "id int8"),
                        table("public.other", "id int8"),
                        table("public.rest", "id int8"))
                .plan();
        assertThat(targets(planned))
                .containsExactly(
                        "shop.public.orders -> lake.a",
                        "shop.public.other -> lake.b_other",
                        "shop.public.rest -> lake.rest");
    }

    @Test
    void overridesReplaceWhatTheStepSays() {
        TableSelection own = new TableSelection(
                "public.orders", null, "id > 5", List.of(column("id")), List.of("id"), WriteMode.UPSERT);
        TablePlan plan = step().source(
                        connection("shop", "db", "shop"),
                        List.of(own),
                        "id > 0",
                        null,
                        table("public.orders", "id int8 not null", "total int4"))
                .plan()
                .tables()
                .get(0);
        assertThat(plan.where()).isEqualTo("id > 5");
        assertThat(plan.mode()).isEqualTo(WriteMode.UPSERT);
        assertThat(plan.key()).containsExactly("id");
        assertThat(columnsOf(plan)).containsExactly("id<-id:int8");
    }

    @Test
    void mappingsSelectRenameAndAddConstants() {
        TablePlan plan = step().source("public.*", table("public.orders", "id int8", "total int4", "note text"))
                .columns(
                        value("loaded_at", null, "${planTime}"),
                        column("*"),
                        renamed("total", "amount", "bigint"),
                        value("origin", null, "${source.connection}.${source.table}"),
                        value("flag", "bool", "true"))
                .plan()
                .tables()
                .get(0);
        assertThat(columnsOf(plan))
                .containsExactly(
                        "loaded_at<-'2026-11-22T02:00:00Z':timestamptz",
                        "id<-id:int8",
                        "note<-note:text",
                        "amount<-total:int8",
                        "origin<-'shop.orders':text",
                        "flag<-'true':bool");
    }

    @Test
    void existingTargetsDecideTypesAndComputeTheirOwnColumns() {
        PlannedTables planned = step().source("public.*", table("public.orders", "id int4 not null", "twice int8"))
                .plan(table(
                        "lake.lake.orders", "id int8 not null", "twice int8 generated", "at date not null default"));
        assertThat(columnsOf(planned.tables().get(0))).containsExactly("id<-id:int8");
        assertThat(planned.tables().get(0).targetExists()).isTrue();
        assertThat(planned.notes())
                .containsExactly(
                        "lake.orders.twice is left to the target, which computes it",
                        "shop: shop.public.orders, column id: int4 becomes int8, without loss");
    }

    @Test
    void newTargetsComputeWhatTheirSourceComputes() {
        assertThat(columnsOf(step().source("public.*", table("public.orders", "id int8", "twice int8 generated"))
                        .plan()
                        .tables()
                        .get(0)))
                .containsExactly("id<-id:int8");
    }

    @Test
    void recreatedTargetsAreMappedAnew() {
        PlannedTables planned = step().source("public.*", table("public.orders", "id int4", "more text"))
                .create(CreateMode.RECREATE)
                .plan(table("lake.lake.orders", "id int8"));
        assertThat(columnsOf(planned.tables().get(0))).containsExactly("id<-id:int4", "more<-more:text");
    }

    @Test
    void keysComeFromTheTargetElseFromTheSource() {
        assertThat(step().source("public.*", keyed("public.orders", List.of("id"), "id int8 not null"))
                        .columns(renamed("id", "number", null))
                        .mode(WriteMode.UPSERT)
                        .plan()
                        .tables()
                        .get(0)
                        .key())
                .containsExactly("number");
        assertThat(step().source("public.*", table("public.orders", "id int8 not null"))
                        .mode(WriteMode.IGNORE)
                        .plan(keyed("lake.lake.orders", List.of("id"), "id int8 not null"))
                        .tables()
                        .get(0)
                        .key())
                .containsExactly("id");
    }

    @Test
    void targetsWithoutASchemaAreThoseThatTheSinkFinds() {
        PlannedTables planned = step().source("public.*", table("public.orders", "id int8"))
                .target("{table}")
                .plan(table("lake.public.orders", "id int8"));
        assertThat(planned.tables().get(0).target()).isEqualTo(new TableName(null, "public", "orders"));
    }

    @Test
    void sourcesAreReadInTheirOwnDatabase() {
        TablePlan plan = step().source("public.*", table("shop_7.public.orders", "id int8"))
                .plan()
                .tables()
                .get(0);
        assertThat(plan.source().database()).isEqualTo("shop_7");
        assertThat(plan.source().name()).isEqualTo("shop");
    }

    @Test
    void hostileNamesPassUnchanged() {
        String name = "o\"; drop table x; --";
        TablePlan plan = step().source(
                        "*",
                        named(
                                new TableName("shop", "sel.ect", name),
                                "\" ' \ud83e\udda4 int8",
                                "order int8",
                                "ORDER int8"))
                .target("{schema}.{table}")
                .plan()
                .tables()
                .get(0);
        assertThat(plan.target()).isEqualTo(new TableName(null, "sel.ect", name));
        assertThat(columnsOf(plan))
                .containsExactly("\" ' \ud83e\udda4<-\" ' \ud83e\udda4:int8", "order<-order:int8", "ORDER<-ORDER:int8");
    }

    @Test
    void incrementalSourcesTakeWhatIsNew() {
        assertThat(incremental(new Bounds("at", "1' or '1'='1", "9")))
                .isEqualTo("(id > 0 -- all\n) AND \"at\"\"x\" > '1'' or ''1''=''1' AND \"at\"\"x\" <= '9'");
        assertThat(incremental(new Bounds("at", null, "9"))).isEqualTo("(id > 0 -- all\n) AND \"at\"\"x\" <= '9'");
        assertThat(incremental(new Bounds("at", "1", null))).isEqualTo("(id > 0 -- all\n) AND 1 = 0");
    }

    private static @Nullable String incremental(Bounds bounds) {
        return step().source(
                        connection("shop", "db", "shop"),
                        List.of(selection("public.*")),
                        "id > 0 -- all",
                        new Migrate.Incremental("at\"x"),
                        table("public.orders", "id int8", "at\"x int8"))
                .marks(new Marks() {
                    @Override
                    public @Nullable String snapshot(Connection source, TableName table) {
                        return null;
                    }

                    @Override
                    public Bounds bounds(Connection source, TableName table) {
                        return bounds;
                    }
                })
                .plan()
                .tables()
                .get(0)
                .where();
    }
}
