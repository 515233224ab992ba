package io.godwit.core.plan;

import static io.godwit.core.plan.Steps.column;
import static io.godwit.core.plan.Steps.columnsOf;
import static io.godwit.core.plan.Steps.connection;
import static io.godwit.core.plan.Steps.selection;
import static io.godwit.core.plan.Steps.step;
import static io.godwit.core.plan.Steps.value;
import static io.godwit.core.plan.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.DriftPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardsTest {

    @Test
    void shardsOfSeveralServersAndDatabasesMeetInOneTable() {
        PlannedTables planned = step().source(
                        connection("shops-0", "a", "x"),
                        List.of(selection("/orders_\\d/")),
                        table("shop_1.public.orders_1", "id int8"),
                        table("shop_2.public.orders_1", "id int8"))
                .source(
                        connection("shops-1", "b", "x"),
                        List.of(selection("/orders_\\d/")),
                        table("shop_1.public.orders_1", "id int8"))
                .target("public.orders")
                .columns(
                        column("*"),
                        value("source_host", null, "${source.connection}"),
                        value("source_table", null, "${source.database}.${source.table}"))
                .plan();
        assertThat(planned.tables())
                .extracting(plan -> columnsOf(plan).subList(1, 3).toString())
                .containsExactly(
                        "[source_host<-'shops-0':text, source_table<-'shop_1.orders_1':text]",
                        "[source_host<-'shops-0':text, source_table<-'shop_2.orders_1':text]",
                        "[source_host<-'shops-1':text, source_table<-'shop_1.orders_1':text]");
    }

    @Test
    void widestTypeHoldsAllShards() {
        PlannedTables planned = shards(DriftPolicy.FAIL)
                .source(
                        "public.*",
                        table("public.a", "id int4"),
                        table("public.b", "id int8"),
                        table("public.c", "id int2"))
                .plan();
        assertThat(planned.tables())
                .allSatisfy(plan -> assertThat(columnsOf(plan)).containsExactly("id<-id:int8"));
    }

    @Test
    void typesThatNothingHoldsAreRefused() {
        assertThatThrownBy(() -> shards(DriftPolicy.FAIL)
                        .source("public.*", table("public.a", "id int4"), table("public.b", "id text"))
                        .plan())
                .hasMessage("copy: shop: shop.public.b, column id: text does not fit into int4: the types differ");
    }

    @Test
    void differingShardsFailByDefault() {
        assertThatThrownBy(() -> drifting(DriftPolicy.FAIL).plan())
                .isInstanceOfSatisfying(GodwitException.class, error -> {
                    assertThat(error.code()).isEqualTo(ErrorCode.SOURCE_COLUMN_NOT_FOUND);
                    assertThat(error.remedy())
                            .isEqualTo("Say under drift: what to do: \"null\", default, skip-table or add-column.");
                })
                .hasMessage("copy: shop: shop.public.b has no column note, which shop: shop.public.a has");
    }

    @Test
    void missingColumnsAreNull() {
        PlannedTables planned = drifting(DriftPolicy.NULL).plan();
        assertThat(columnsOf(planned.tables().get(1))).containsExactly("id<-id:int8", "note<-'null':text");
        assertThat(planned.notes()).containsExactly("shop: shop.public.b has no column note: it is NULL");
    }

    @Test
    void missingColumnsAreLeftToTheDefault() {
        PlannedTables planned = drifting(DriftPolicy.DEFAULT).plan();
        assertThat(columnsOf(planned.tables().get(1))).containsExactly("id<-id:int8");
    }

    @Test
    void differingShardsAreLeftOut() {
        PlannedTables planned = drifting(DriftPolicy.SKIP_TABLE).plan();
        assertThat(planned.tables()).hasSize(1);
        assertThat(planned.notes())
                .containsExactly("shop: shop.public.b is left out: its columns are not those of shop: shop.public.a");
    }

    @Test
    void newTargetsGetTheColumnsOfAllShards() {
        PlannedTables planned = drifting(DriftPolicy.ADD_COLUMN).plan();
        assertThat(columnsOf(planned.tables().get(1))).containsExactly("id<-id:int8", "note<-'null':text");
    }

    @Test
    void existingTargetsGetTheColumnsThatTheyLack() {
        PlannedTables planned = drifting(DriftPolicy.ADD_COLUMN).plan(table("lake.public.all", "id int8"));

        assertThat(columnsOf(planned.tables().get(0))).containsExactly("id<-id:int8", "note<-note:text");
        assertThat(columnsOf(planned.tables().get(1))).containsExactly("id<-id:int8", "note<-'null':text");
        assertThat(planned.notes())
                .containsExactly(
                        "public.all.note is added to the target: NULL in the rows that are there",
                        "shop: shop.public.b has no column note: it is NULL");
    }

    @Test
    void existingTargetsGetWhatTheMappingGivesThem() {
        PlannedTables planned = shards(DriftPolicy.ADD_COLUMN)
                .source("public.*", table("public.a", "id int8"))
                .columns(column("*"), value("source_table", null, "${source.table}"))
                .plan(table("lake.public.all", "id int8"));

        assertThat(columnsOf(planned.tables().get(0))).containsExactly("id<-id:int8", "source_table<-'a':text");
    }

    @Test
    void existingTargetsKeepWhatTheyComputeAndWhatNoShardHas() {
        PlannedTables planned = drifting(DriftPolicy.ADD_COLUMN)
                .plan(table("lake.public.all", "id int8", "note text generated", "own text"));

        assertThat(columnsOf(planned.tables().get(0))).containsExactly("id<-id:int8");
    }

    @Test
    void withoutConsentExistingTargetsAreNotAltered() {
        assertThatThrownBy(() -> drifting(DriftPolicy.NULL).plan(table("lake.public.all", "id int8")))
                .isInstanceOfSatisfying(GodwitException.class, error -> {
                    assertThat(error.code()).isEqualTo(ErrorCode.TARGET_COLUMN_NOT_FOUND);
                    assertThat(error.remedy()).contains("drift: add-column");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "numeric(10,2) | numeric(8,4)  | numeric(12,4)",
                "int8          | numeric(10,2) | numeric(21,2)",
                "numeric(10,2) | numeric       | numeric",
                "xid8          | int2          | numeric(20,0)",
                "float4        | int4          | float8",
                "timestamp(3)  | timestamp     | timestamp"
            })
    void whatNeitherTypeHoldsIsHeldByAThird(String one, String other, String joined) {
        PlannedTables planned = shards(DriftPolicy.FAIL)
                .lattice()
                .source("public.*", table("public.a", "v " + one), table("public.b", "v " + other))
                .plan();

        assertThat(planned.tables())
                .allSatisfy(plan -> assertThat(columnsOf(plan)).containsExactly("v<-v:" + joined));
    }

    @ParameterizedTest
    @CsvSource({"int8, float8", "int4, date", "date, uuid", "bool, timestamp"})
    void whatNothingHoldsIsRefused(String one, String other) {
        assertThatThrownBy(() -> shards(DriftPolicy.ADD_COLUMN)
                        .lattice()
                        .source("public.*", table("public.a", "v " + one), table("public.b", "v " + other))
                        .plan())
                .isInstanceOfSatisfying(
                        GodwitException.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.TYPE_INCOMPATIBLE))
                .hasMessageContaining("column v");
    }

    @Test
    void threeShardsAreHeldByOneTypeInWhateverOrder() {
        PlannedTables planned = shards(DriftPolicy.FAIL)
                .lattice()
                .source(
                        "public.*",
                        table("public.a", "v numeric(10,2)"),
                        table("public.b", "v int8"),
                        table("public.c", "v numeric(8,4)"))
                .plan();

        assertThat(planned.tables())
                .allSatisfy(plan -> assertThat(columnsOf(plan)).containsExactly("v<-v:numeric(23,4)"));
    }

    @Test
    void nullsAreRefusedWhereTheTargetTakesNone() {
        assertThatThrownBy(() ->
                        drifting(DriftPolicy.NULL).plan(table("lake.public.all", "id int8", "note text not null")))
                .hasMessage(
                        "copy: shop: shop.public.b: column note of the target public.all is NOT NULL, and the mapping"
                                + " gives it no value");
    }

    @Test
    void columnsThatNoShardHasAreASlip() {
        assertThatThrownBy(() -> drifting(DriftPolicy.NULL)
                        .columns(column("id"), column("ntoe"))
                        .plan())
                .isInstanceOfSatisfying(
                        GodwitException.class,
                        error -> assertThat(error.code()).isEqualTo(ErrorCode.SOURCE_COLUMN_NOT_FOUND))
                .hasMessage("copy: shop: shop.public.a has no column ntoe. Did you mean note?\n"
                        + "copy: shop: shop.public.b has no column ntoe. Use one of id.");
    }

    private static Steps shards(DriftPolicy policy) {
        return step().target("public.all").drift(policy);
    }

    private static Steps drifting(DriftPolicy policy) {
        return shards(policy)
                .source("public.*", table("public.a", "id int8", "note text"), table("public.b", "id int8"));
    }
}
