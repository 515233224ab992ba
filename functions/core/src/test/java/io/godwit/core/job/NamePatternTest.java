package io.godwit.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.table.TableName;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamePatternTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            public.orders        | public  | orders       | true
            public.orders        | public  | Orders       | false
            public.orders        | sales   | orders       | false
            public.*             | public  | orders       | true
            public.*             | publico | orders       | false
            *.orders             | sales   | orders       | true
            public.tmp_*         | public  | tmp_         | true
            public.order?        | public  | orders       | true
            public.order?        | public  | order        | false
            public.order?        | public  | order🦤      | true
            orders               | any     | orders       | true
            orders_*             | any     | orders_1     | true
            *                    | any     | a.b          | true
            **                   | any     | a.b          | true
            public.a+b(c)        | public  | a+b(c)       | true
            public.a\\b          | public  | a\\b         | true
            public."a.b"         | public  | a.b          | true
            public."a*b"         | public  | a*b          | true
            public."a*b"         | public  | axb          | false
            public."a*"*         | public  | a*b          | true
            public."say ""hi""\"  | public  | say "hi"     | true
            public.a"            | public  | a"           | error
            "x"";--"             | public  | x";--        | true
            select               | public  | select       | true
            /orders_\\d+/        | any     | orders_12    | true
            /orders_\\d+/        | any     | orders_12x   | false
            /public\\.orders_\\d/ | public | orders_1     | true
            /public\\.orders_\\d/ | sales  | orders_1     | false
            /(?i)ORDERS/         | any     | orders       | true
            """)
    void meansWhatItSays(String pattern, String schema, String table, String expected) {
        if (expected.equals("error")) {
            assertThatThrownBy(() -> NamePattern.parse(pattern)).isInstanceOf(GodwitException.class);
            return;
        }
        assertThat(NamePattern.parse(pattern).matches(new TableName("shop", schema, table)))
                .isEqualTo(Boolean.valueOf(expected));
    }

    @Test
    void partBeforeTheDotIsTheDatabaseWhereThereAreNoSchemas() {
        TableName table = new TableName("shop_1", null, "orders");
        assertThat(NamePattern.parse("shop_*.orders").matches(table)).isTrue();
        assertThat(NamePattern.parse("public.orders").matches(table)).isFalse();
        assertThat(NamePattern.parse("orders").matches(new TableName(null, null, "orders")))
                .isTrue();
    }

    @Test
    void dotsOfADatabaseNameAreLiteral() {
        assertThat(NamePattern.parse("shop_?").matches("shop_1")).isTrue();
        assertThat(NamePattern.parse("shop.eu").matches("shop.eu")).isTrue();
        assertThat(NamePattern.parse("shop.*").matches("shopXeu")).isFalse();
        assertThat(NamePattern.parse("/shop_\\d+/").matches("shop_17")).isTrue();
    }

    @Test
    void onlyPlainNamesAreLiteral() {
        assertThat(NamePattern.parse("public.orders").isLiteral()).isTrue();
        assertThat(NamePattern.parse("public.\"*\"").isLiteral()).isTrue();
        assertThat(NamePattern.parse("public.*").isLiteral()).isFalse();
        assertThat(NamePattern.parse("/orders/").isLiteral()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", ".b", "a.b.c", "\"open", "/(/", "/a{2,1}/"})
    void refusesWhatIsNoPattern(String text) {
        assertThatThrownBy(() -> NamePattern.parse(text))
                .isInstanceOfSatisfying(
                        GodwitException.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.JOB_FILE_INVALID))
                .hasMessageStartingWith("pattern " + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/(a+)+\\1b/", "/(a*a*a*a*a*a*)b/", "/(.*a){20}b/", "*a*a*a*a*a*a*a*a*a*b"})
    void stopsPatternsThatBacktrackForEver(String text) {
        TableName name = new TableName(null, "public", "a".repeat(60) + "c");
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThatThrownBy(() -> NamePattern.parse(text).matches(name))
                        .isInstanceOf(GodwitException.class)
                        .hasMessage("pattern " + text + " takes too long to match a name"));
    }
}
