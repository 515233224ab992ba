package io.godwit.core.plan;

import static io.godwit.core.plan.Steps.column;
import static io.godwit.core.plan.Steps.connection;
import static io.godwit.core.plan.Steps.renamed;
import static io.godwit.core.plan.Steps.selection;
import static io.godwit.core.plan.Steps.step;
import static io.godwit.core.plan.Steps.value;
import static io.godwit.core.plan.Tables.indexed;
import static io.godwit.core.plan.Tables.keyed;
import static io.godwit.core.plan.Tables.table;
import static io.godwit.core.plan.Tables.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Consistency;
import io.godwit.core.job.CreateMode;
import io.godwit.core.job.Migrate;
import io.godwit.core.job.Migrate.TableSelection;
import io.godwit.core.job.WriteMode;
import io.godwit.core.run.StepId;
import io.godwit.core.table.TableDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanRefusalsTest {
    private static final TableDescription ORDERS = table("public.orders", "id int8", "total int4");

    @Test
    void nothingMatches() {
        refused(
                step().source("sales.*"),
                ErrorCode.NO_TABLE_MATCHES,
                "copy: no table of connection shop matches sales.* except public.tmp_*",
                "Check schema, spelling and case: a pattern is schema.table, and * stands for any letters.");
    }

    @Test
    void exactNamesMustBeThere() {
        refused(
                step().source(
                                connection("shop", "db", "shop"),
                                List.of(selection("public.*"), selection("public.Orders")),
                                ORDERS),
                ErrorCode.NO_TABLE_MATCHES,
                "copy: connection shop has no table public.Orders",
                "Mend the name, or take it out. Case counts in names.");
    }

    @Test
    void sourceColumnsMustBeThere() {
        refused(
                step().source("public.*", ORDERS).columns(column("id"), column("totl")),
                ErrorCode.SOURCE_COLUMN_NOT_FOUND,
                "copy: shop: shop.public.orders has no column totl",
                "Did you mean total?");
        refused(
                step().source(
                                connection("shop", "db", "shop"),
                                List.of(selection("public.*")),
                                null,
                                new Migrate.Incremental("updated"),
                                ORDERS),
                ErrorCode.SOURCE_COLUMN_NOT_FOUND,
                "copy: shop: shop.public.orders has no column updated, by which it is to be incremental",
                "Use one of id, total.");
    }

    @Test
    void targetColumnsMustBeThere() {
        refused(
                step().source("public.*", ORDERS).columns(column("id"), renamed("total", "amuont", null)),
                ErrorCode.TARGET_COLUMN_NOT_FOUND,
                "copy: shop: shop.public.orders: the target lake.orders has no column amuont",
                "Did you mean amount?",
                table("lake.lake.orders", "id int8", "amount int4"));
        refused(
                step().source("public.*", ORDERS),
                ErrorCode.TARGET_COLUMN_NOT_FOUND,
                "copy: shop: shop.public.orders: the target lake.orders has no column total",
                "Add it to the target, or have it added with drift: add-column, or name the columns to copy under columns:.",
                table("lake.lake.orders", "id int8"));
    }

    @Test
    void columnsThatTakeNoNullNeedAValue() {
        refused(
                step().source("public.*", ORDERS),
                ErrorCode.TARGET_COLUMN_WITHOUT_VALUE,
                "copy: shop: shop.public.orders: column region of the target lake.orders is NOT NULL, and the mapping gives it"
                        + " no value",
                "Map a column to it, or give it a value: { to: region, value: ... }.",
                table("lake.lake.orders", "id int8", "total int4", "region text not null", "at date not null default"));
    }

    @Test
    void typesMustFit() {
        refused(
                step().source("public.*", ORDERS),
                ErrorCode.TYPE_INCOMPATIBLE,
                "copy: shop: shop.public.orders, column id: int8 does not fit into int4: smaller range",
                "Consent to it with type: \"int4\" under columns:, or for all columns of that type under types:, or widen the target's column.",
                table("lake.lake.orders", "id int4", "total int4"));
        refused(
                step().source("public.*", ORDERS),
                ErrorCode.TYPE_INCOMPATIBLE,
                "copy: shop: shop.public.orders, column total: int4 does not fit into date: the types differ",
                "Leave the column out under columns:, or change the target's column.",
                table("lake.lake.orders", "id int8", "total date"));
    }

    @Test
    void narrowingNeedsConsent() {
        PlannedTables planned = step().source("public.*", ORDERS)
                .columns(column("*"), renamed("id", "id", "int4"))
                .plan(table("lake.lake.orders", "id int4", "total int4"));
        assertThat(planned.notes())
                .containsExactly(
                        "shop: shop.public.orders, column id: int8 becomes int4, as the job consents: smaller range");
    }

    @Test
    void constantsMustBeOfTheirType() {
        refused(
                step().source("public.*", ORDERS).columns(column("*"), value("at", "date", "yesterday-ish")),
                ErrorCode.TYPE_INCOMPATIBLE,
                null,
                "Mend the value under columns:, or name its type: there.");
    }

    @Test
    void targetsOfSeveralTablesMustBeMeant() {
        refused(
                step().source("*", table("a.orders", "id int8"), table("b.orders", "id int8")),
                ErrorCode.TARGET_DUPLICATE,
                "copy: the target lake.orders would be written from several tables: shop: shop.a.orders, shop: shop.b.orders",
                "Tell the targets apart with {connection}, {database}, {schema} or {table}; or, to load all into one table,"
                        + " write its name without any of them.");
        TableSelection override = new TableSelection("public.a", "lake.b", null, null, null, null);
        refused(
                step().source(
                                connection("shop", "db", "shop"),
                                List.of(selection("public.*"), override),
                                table("public.a", "id int8"),
                                table("public.b", "id int8")),
                ErrorCode.TARGET_DUPLICATE,
                "copy: the target lake.b would be written from several tables: shop: shop.public.a, shop: shop.public.b",
                null);
    }

    @Test
    void modesOfOneTargetMustAgree() {
        TableSelection override = new TableSelection("public.a", null, null, null, null, WriteMode.SWAP);
        refused(
                step().target("lake.all")
                        .source(
                                connection("shop", "db", "shop"),
                                List.of(selection("public.*"), override),
                                table("public.a", "id int8"),
                                table("public.b", "id int8")),
                ErrorCode.TARGET_DUPLICATE,
                "copy: the target lake.all would be written in different modes: shop: shop.public.a, shop: shop.public.b",
                "Give all tables that go into one target the same mode.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST.", "127.0.0.1", "127.9.9.9", "::1"})
    void tablesAreNotCopiedOntoThemselves(String host) {
        refused(
                step().source(connection("shop", "localhost", "shop"), List.of(selection("public.*")), ORDERS)
                        .target("{schema}.{table}")
                        .sink(connection("other", host, "shop")),
                ErrorCode.SELF_COPY,
                "copy: shop: shop.public.orders would be copied onto itself, through connection other",
                "Give the target another name, schema, database or server.",
                ORDERS);
    }

    @Test
    void selfCopyIsSeenThroughTheDefaultSchema() {
        refused(
                step().source(connection("shop", "db", "shop"), List.of(selection("public.*")), ORDERS)
                        .target("{table}")
                        .sink(connection("shop", "db", "shop")),
                ErrorCode.SELF_COPY,
                "copy: shop: shop.public.orders would be copied onto itself, through connection shop",
                null,
                ORDERS);
    }

    @Test
    void otherDatabasesAndSchemasAreOtherTables() {
        assertThatCode(() -> step().source(connection("shop", "db", "shop"), List.of(selection("public.*")), ORDERS)
                        .target("{schema}.{table}")
                        .sink(connection("other", "db", "warehouse"))
                        .plan())
                .doesNotThrowAnyException();
        assertThatCode(() -> step().source(connection("shop", "db", "shop"), List.of(selection("public.*")), ORDERS)
                        .target("copies.{table}")
                        .sink(connection("shop", "db", "shop"))
                        .plan())
                .doesNotThrowAnyException();
    }

    @Test
    void createNeverNeedsTheTable() {
        refused(
                step().source("public.*", ORDERS).create(CreateMode.NEVER),
                ErrorCode.TARGET_TABLE_NOT_FOUND,
                "copy: connection lake has no table lake.orders, and create is never",
                "Create the table, or write create: if-missing.");
    }

    @Test
    void viewsAreNotWritten() {
        refused(
                step().source("public.*", ORDERS),
                ErrorCode.NOT_SUPPORTED,
                "copy: the target lake.orders is a view",
                "Write into a table.",
                view("lake.lake.orders", "id int8", "total int4"));
    }

    @Test
    void upsertNeedsAUniqueKey() {
        refused(
                step().source("public.*", ORDERS).mode(WriteMode.UPSERT),
                ErrorCode.KEY_REQUIRED,
                "copy: shop: shop.public.orders: mode upsert needs a key, and lake.orders has none",
                "Name its columns under to: as key: [id].");
        refused(
                step().source("public.*", ORDERS).mode(WriteMode.IGNORE, "total"),
                ErrorCode.KEY_REQUIRED,
                "copy: shop: shop.public.orders: total is not unique in lake.orders",
                "Name the columns of its primary key or of a unique index.",
                keyed("lake.lake.orders", List.of("id"), "id int8", "total int4"));
        refused(
                step().source("public.*", ORDERS).columns(column("id")).mode(WriteMode.UPSERT, "total"),
                ErrorCode.KEY_REQUIRED,
                "copy: shop: shop.public.orders: key column total is not among the columns written",
                "Map it under columns:, or name another key.");
        assertThatCode(() -> step().source("public.*", ORDERS)
                        .mode(WriteMode.UPSERT, "total")
                        .plan(indexed("lake.lake.orders", List.of("total"), "id int8", "total int4")))
                .doesNotThrowAnyException();
    }

    @Test
    void valuesInConditionsStayInTheirQuotes() {
        refused(
                step().source(
                                connection("shop", "db", "shop"),
                                List.of(selection("public.*")),
                                "name = '${source.table}'",
                                null,
                                table("public.o'; drop table x", "id int8")),
                ErrorCode.PARAMETER_INVALID,
                "copy: shop: shop.public.o'; drop table x, where: ${source.table}: its value cannot be used here",
                "Note: in SQL it may hold no quote, backslash, semicolon, comment mark or control character.");
    }

    @Test
    void everythingIsToldAtOnce() {
        refused(
                step().source("public.*", ORDERS, table("public.other", "x int8")),
                ErrorCode.TYPE_INCOMPATIBLE,
                """
                copy: shop: shop.public.orders, column id: int8 does not fit into text: the types differ. Leave the column out under columns:, or change the target's column.
                copy: shop: shop.public.orders, column total: int4 does not fit into text: the types differ. Leave the column out under columns:, or change the target's column.
                copy: shop: shop.public.other: the target lake.other has no column x. Add it to the target, or have it added with drift: add-column, or name the columns to copy under columns:.""",
                "Mend each of them.",
                table("lake.lake.orders", "id text", "total text"),
                table("lake.lake.other", "y int8"));
    }

    @Test
    void stepsDoNotShareTargets() {
        StepQuestion question = step().source("public.*", ORDERS).question();
        List<TablePlan> tables = new StepPlanner(TypeRule.EQUAL)
                .plan(question, List.of(), List.of())
                .tables();
        Plan.StepPlan first = stepPlan("a", tables);
        GodwitException error = catchThrowableOfType(
                GodwitException.class, () -> StepPlanner.checkTogether(List.of(first, stepPlan("b", tables))));
        assertThat(error.code()).isEqualTo(ErrorCode.TARGET_DUPLICATE);
        assertThat(error).hasMessage("steps: the target lake.orders of step b is that of step a too");
        StepPlanner.checkTogether(List.of(first));
    }

    private static Plan.StepPlan stepPlan(String name, List<TablePlan> tables) {
        return new Plan.StepPlan(
                StepId.of(tables.get(0).step().run(), name),
                List.of(),
                Consistency.SUBTASK,
                tables.stream()
                        .map(table -> new Plan.PlannedTable(table, List.of()))
                        .toList(),
                List.of(),
                List.of(),
                List.of(),
                null);
    }

    private static void refused(
            Steps step,
            ErrorCode code,
            @Nullable String message,
            @Nullable String remedy,
            TableDescription... existing) {
        GodwitException error = catchThrowableOfType(GodwitException.class, () -> step.plan(existing));
        assertThat(error).isNotNull();
        assertThat(error.code()).isEqualTo(code);
        if (message != null) {
            assertThat(error).hasMessage(message);
        }
        if (remedy != null) {
            assertThat(error.remedy()).isEqualTo(remedy);
        }
    }
}
