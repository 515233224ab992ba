package io.godwit.connector.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PostgresSinkClausesTest {

    @Test
    void namesAreFoundAsTheDatabaseStoresThem() {
        assertThat(PostgresSinkClauses.names(
                        "CHECK (\"Total\" > 0 AND lower(name) <> 'secret \"x\"' OR \"a\"\"b\" IS NULL)"))
                .contains("Total", "lower", "name", "a\"b")
                .doesNotContain("secret", "x", "total");
    }

    @Test
    void stringsWithQuotesAndBackslashesEndWhereTheyEnd() {
        assertThat(PostgresSinkClauses.names("a = 'it''s b' AND c = E'\\' d' AND e"))
                .contains("a", "c", "e")
                .doesNotContain("b", "d", "s");
    }

    @Test
    void actionsComeAfterTheReferencedColumns() {
        assertThat(
                        PostgresSinkClauses.afterReferences(
                                "FOREIGN KEY (\"references (\", b) REFERENCES s.\"t)\"(x, \"y)\") ON DELETE SET NULL (b) DEFERRABLE"))
                .isEqualTo(" ON DELETE SET NULL (b) DEFERRABLE");
        assertThat(PostgresSinkClauses.afterReferences("FOREIGN KEY (a) REFERENCES s.t(x)"))
                .isEmpty();
    }
}
