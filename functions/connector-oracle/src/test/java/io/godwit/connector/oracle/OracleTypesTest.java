package io.godwit.connector.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.connector.oracle.OracleTypes.Described;
import io.godwit.core.plan.TypeRule;
import io.godwit.core.plan.TypeRule.Verdict;
import io.godwit.core.table.SourceType;
import io.godwit.core.type.LogicalType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns as {@code all_tab_cols} tells them. */
class OracleTypesTest {
    private static final List<Described> ALL = List.of(
            new Described("NUMBER", 22, 0, false, null, null),
            new Described("NUMBER", 22, 0, false, 4, 0),
            new Described("NUMBER", 22, 0, false, 9, 0),
            new Described("NUMBER", 22, 0, false, 18, 0),
            new Described("NUMBER", 22, 0, false, 38, 0),
            new Described("NUMBER", 22, 0, false, null, 0),
            new Described("NUMBER", 22, 0, false, 12, 2),
            new Described("NUMBER", 22, 0, false, 5, -2),
            new Described("FLOAT", 22, 0, false, 126, null),
            new Described("BINARY_FLOAT", 4, 0, false, null, null),
            new Described("BINARY_DOUBLE", 8, 0, false, null, null),
            new Described("VARCHAR2", 160, 40, true, null, null),
            new Described("VARCHAR2", 40, 40, false, null, null),
            new Described("NVARCHAR2", 80, 40, true, null, null),
            new Described("CHAR", 32, 8, true, null, null),
            new Described("NCHAR", 16, 8, true, null, null),
            new Described("CLOB", 4000, 0, false, null, null),
            new Described("NCLOB", 4000, 0, false, null, null),
            new Described("LONG", 0, 0, false, null, null),
            new Described("RAW", 16, 0, false, null, null),
            new Described("LONG RAW", 0, 0, false, null, null),
            new Described("BLOB", 4000, 0, false, null, null),
            new Described("DATE", 7, 0, false, null, null),
            new Described("TIMESTAMP(6)", 11, 0, false, null, 6),
            new Described("TIMESTAMP(9)", 11, 0, false, null, 9),
            new Described("TIMESTAMP(6) WITH TIME ZONE", 13, 0, false, null, 6),
            new Described("TIMESTAMP(6) WITH LOCAL TIME ZONE", 11, 0, false, null, 6),
            new Described("INTERVAL YEAR(2) TO MONTH", 5, 0, false, 2, 0),
            new Described("INTERVAL DAY(2) TO SECOND(6)", 11, 0, false, 2, 6),
            new Described("XMLTYPE", 2000, 0, false, null, null),
            new Described("JSON", 8200, 0, false, null, null),
            new Described("BOOLEAN", 1, 0, false, null, null),
            new Described("ROWID", 10, 0, false, null, null));

    @Test
    void everyTypeOfThePageIsWhatTheCatalogIsReadAs() {
        assertThat(ALL)
                .extracting(column -> new SourceType(column.ddl(), OracleTypes.of(column, false)))
                .containsExactlyElementsOf(OracleSourceTypes.ALL);
    }

    @ParameterizedTest
    @CsvSource({
        "TIMESTAMP(9), timestamp(6)",
        "TIMESTAMP(9) WITH TIME ZONE, timestamptz(6)",
        "TIMESTAMP(3) WITH TIME ZONE, timestamptz(3)",
        "TIMESTAMP(9) WITH LOCAL TIME ZONE, timestamptz(6)",
        "INTERVAL DAY(9) TO SECOND(9), interval(6)"
    })
    void finerTimesAreThoseOfSixDigitsWhereTheConnectionSaysSo(String type, String wire) {
        assertThat(OracleTypes.of(new Described(type, 11, 0, false, null, 9), true))
                .isEqualTo(LogicalType.parse(wire));
    }

    @ParameterizedTest
    @CsvSource({
        "varchar(1000), VARCHAR2(1000 CHAR)",
        "varchar(1001), CLOB",
        "text, CLOB",
        "char(500), CHAR(500 CHAR)",
        "char(501), CLOB",
        "'numeric(38,10)', 'NUMBER(38,10)'",
        "'numeric(39,0)', CLOB",
        "'numeric(3,-2)', CLOB",
        "numeric, CLOB",
        "timestamp, TIMESTAMP(6)",
        "timestamptz(3), TIMESTAMP(3) WITH LOCAL TIME ZONE",
        "interval, CLOB",
        "bytea, BLOB",
        "int4[], CLOB"
    })
    void valuesOfOthersHaveAPlace(String type, String made) {
        assertThat(OracleTargetTypes.of(LogicalType.parse(type), false).nativeType())
                .isEqualTo(made);
    }

    /** A later run finds the table of the first, and its values fit as they did. */
    @ParameterizedTest
    @CsvSource({
        "bool, 1",
        "int2, 5",
        "int4, 10",
        "int8, 19",
        "oid, 10",
        "xid8, 20",
    })
    void numbersThatWereCreatedHoldWhatTheyWereCreatedFor(String type, int digits) {
        LogicalType asked = LogicalType.parse(type);
        LogicalType described = OracleTypes.of(new Described("NUMBER", 22, 0, false, digits, 0), false);

        assertThat(OracleTargetTypes.of(asked, false).nativeType()).isEqualTo("NUMBER(" + digits + ")");
        assertThat(TypeRule.LATTICE.decide(asked, described).verdict()).isIn(Verdict.IDENTICAL, Verdict.WIDENING);
    }

    @Test
    void emptyTextIsNamedWhereverATextIsMade() {
        for (String type : List.of("text", "varchar(30)", "json", "inet", "interval")) {
            assertThat(OracleTargetTypes.of(LogicalType.parse(type), false).refuses())
                    .contains("the empty text");
        }
        assertThat(OracleTargetTypes.of(LogicalType.parse("text"), true).refuses())
                .contains("the empty text");
        assertThat(OracleTargetTypes.of(LogicalType.parse("bytea"), false).refuses())
                .contains("empty bytes");
    }
}
