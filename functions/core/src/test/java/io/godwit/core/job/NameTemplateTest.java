package io.godwit.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.table.TableName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameTemplateTest {
    private static final TableName ORDERS = new TableName("shop_1", "public", "orders");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            shop.{table}                     | shop              | orders
            {schema}.{table}                 | public            | orders
            {table}                          |                   | orders
            {connection}_{database}.{table}_copy | eu_shop_1     | orders_copy
            "a.b"."{schema}.{table}"         | a.b               | public.orders
            public."Say ""Hi""\"              | public            | Say "Hi"
            public.Orders                    | public            | Orders
            public.o"";--                    | public            | o;--
            public."o"";--"                  | public            | o";--
            public.🦤                        | public            | 🦤
            """)
    void namesTheTarget(String template, @Nullable String schema, String name) {
        assertThat(NameTemplate.parse(template).resolve("eu", ORDERS)).isEqualTo(new TableName(null, schema, name));
    }

    @Test
    void dotsAndQuotesOfTheSourceStayInTheirPart() {
        TableName hostile = new TableName("shop", "a.b", "x\".\"y{schema}");
        assertThat(NameTemplate.parse("{schema}.{table}").resolve("eu", hostile))
                .isEqualTo(new TableName(null, "a.b", "x\".\"y{schema}"));
    }

    @Test
    void constantTemplatesNameOneTargetForAll() {
        assertThat(NameTemplate.parse("public.orders").isConstant()).isTrue();
        assertThat(NameTemplate.parse("public.{table}").isConstant()).isFalse();
    }

    @Test
    void partsThatTheSourceLacksAreNamed() {
        assertThatThrownBy(() ->
                        NameTemplate.parse("{schema}.{table}").resolve("eu", new TableName("shop", null, "orders")))
                .hasMessage("table name {schema}.{table} has {schema}, and the source table shop.orders has no schema");
    }

    @Test
    void unknownNamesGetTheNearestWord() {
        assertThatThrownBy(() -> NameTemplate.parse("public.{tabel}"))
                .isInstanceOfSatisfying(GodwitException.class, error -> {
                    assertThat(error.code()).isEqualTo(ErrorCode.JOB_FILE_INVALID);
                    assertThat(error.remedy()).isEqualTo("Did you mean table?");
                })
                .hasMessage("table name public.{tabel} has {tabel}, which is not known");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.", ".b", "a.b.c", "\"open", "public.{table"})
    void refusesWhatIsNoTemplate(String text) {
        assertThatThrownBy(() -> NameTemplate.parse(text))
                .isInstanceOf(GodwitException.class)
                .hasMessageStartingWith("table name " + text);
    }
}
