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
    void existingTargetsAreNotAltered() {
        assertThatThrownBy(() -> drifting(DriftPolicy.ADD_COLUMN).plan(table("lake.public.all", "id int8")))
                .isInstanceOfSatisfying(
                        GodwitException.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.NOT_SUPPORTED))
                .hasMessage(
                        "copy: shop: shop.public.a: column note cannot be added to the existing table public.all yet");
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
