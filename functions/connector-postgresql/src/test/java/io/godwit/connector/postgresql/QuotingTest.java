package io.godwit.connector.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.core.error.GodwitException;
import io.godwit.core.table.TableName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotingTest {
    @Test
    void identifierCannotBeLeft() {
        assertThat(Quoting.identifier("a\"; DROP TABLE x; --")).isEqualTo("\"a\"\"; DROP TABLE x; --\"");
        assertThat(Quoting.table(new TableName("db", null, "select"))).isEqualTo("\"public\".\"select\"");
    }

    @Test
    void literalMeansTheSameUnderEverySetting() {
        assertThat(Quoting.literal("it's")).isEqualTo("'it''s'");
        assertThat(Quoting.literal("\\' OR 1=1 --")).isEqualTo(" E'\\\\'' OR 1=1 --'");
    }

    @Test
    void nameThatWouldBeCutOffIsRefused() {
        assertThat(Quoting.identifier("é".repeat(31))).hasSize(33);
        assertThatThrownBy(() -> Quoting.identifier("é".repeat(32))).isInstanceOf(GodwitException.class);
        assertThatThrownBy(() -> Quoting.identifier("")).isInstanceOf(GodwitException.class);
        assertThatThrownBy(() -> Quoting.identifier("a\0")).isInstanceOf(GodwitException.class);
        assertThatThrownBy(() -> Quoting.literal("a\0")).isInstanceOf(GodwitException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a = 1",
                "a = ')' AND b = \")\"",
                "a IN (1, 2) /* ) /* ( */ */ AND b = E'\\')' -- )",
                "a = $x$ ) ; ' $x$ AND b[1] = 2",
                "name = 'E' AND a = 'b\\'"
            })
    void conditionIsPutIntoParentheses(String where) {
        assertThat(Condition.of(where)).isEqualTo("(" + where + "\n)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1=1) OR (1=1",
                "true)) TO PROGRAM 'id' --",
                "a = 'x",
                "a = \"x",
                "a = E'x\\'",
                "a = $$x",
                "(a = 1",
                "a = 1 /* x",
                "a = 1; DROP TABLE x",
                "a[1"
            })
    void conditionThatLeavesItsParenthesesIsRefused(String where) {
        assertThatThrownBy(() -> Condition.of(where))
                .isInstanceOf(GodwitException.class)
                .hasMessageStartingWith("where: ");
    }
}
