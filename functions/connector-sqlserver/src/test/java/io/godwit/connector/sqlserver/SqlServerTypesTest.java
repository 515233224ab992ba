package io.godwit.connector.sqlserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.connector.sqlserver.SqlServerTypes.Described;
import io.godwit.core.table.SourceType;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Foreign;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns as {@code sys.columns} tells them: bytes, digits, and digits after the point or of the second. */
class SqlServerTypesTest {
    private static final List<Described> ALL = List.of(
            new Described("tinyint", 1, 3, 0),
            new Described("smallint", 2, 5, 0),
            new Described("int", 4, 10, 0),
            new Described("bigint", 8, 19, 0),
            new Described("bit", 1, 1, 0),
            new Described("decimal", 9, 12, 2),
            new Described("numeric", 17, 38, 10),
            new Described("money", 8, 19, 4),
            new Described("smallmoney", 4, 10, 4),
            new Described("float", 8, 53, 0),
            new Described("real", 4, 24, 0),
            new Described("char", 8, 0, 0),
            new Described("nchar", 16, 0, 0),
            new Described("varchar", 40, 0, 0),
            new Described("nvarchar", 80, 0, 0),
            new Described("varchar", -1, 0, 0),
            new Described("nvarchar", -1, 0, 0),
            new Described("text", 16, 0, 0),
            new Described("ntext", 16, 0, 0),
            new Described("binary", 4, 0, 0),
            new Described("varbinary", 40, 0, 0),
            new Described("varbinary", -1, 0, 0),
            new Described("image", 16, 0, 0),
            new Described("timestamp", 8, 0, 0),
            new Described("date", 3, 10, 0),
            new Described("time", 4, 12, 3),
            new Described("time", 5, 16, 7),
            new Described("datetime", 8, 23, 3),
            new Described("smalldatetime", 4, 16, 0),
            new Described("datetime2", 8, 26, 6),
            new Described("datetime2", 8, 27, 7),
            new Described("datetimeoffset", 10, 33, 6),
            new Described("datetimeoffset", 10, 34, 7),
            new Described("uniqueidentifier", 16, 0, 0),
            new Described("xml", -1, 0, 0),
            new Described("hierarchyid", 892, 0, 0),
            new Described("geometry", -1, 0, 0),
            new Described("geography", -1, 0, 0),
            new Described("sql_variant", 8016, 0, 0));

    @Test
    void everyTypeOfThePageIsWhatTheCatalogIsReadAs() {
        assertThat(ALL)
                .extracting(column -> new SourceType(column.ddl(), SqlServerTypes.of(column, false)))
                .containsExactlyElementsOf(SqlServerSourceTypes.ALL);
    }

    @ParameterizedTest
    @CsvSource({"time, time(6)", "datetime2, timestamp(6)", "datetimeoffset, timestamptz(6)"})
    void timesOfSevenDigitsAreThoseOfSixWhereTheConnectionSaysSo(String type, String wire) {
        assertThat(SqlServerTypes.of(new Described(type, 8, 27, 7), true)).isEqualTo(LogicalType.parse(wire));
        assertThat(SqlServerTypes.of(new Described(type, 8, 27, 7), false)).isInstanceOf(Foreign.class);
    }

    @ParameterizedTest
    @CsvSource({
        "varchar(30), nvarchar(60)",
        "varchar(2000), nvarchar(4000)",
        "varchar(2001), nvarchar(max)",
        "text, nvarchar(max)",
        "'numeric(38,10)', 'decimal(38,10)'",
        "'numeric(39,10)', nvarchar(max)",
        "numeric, nvarchar(max)",
        "'numeric(3,-2)', nvarchar(max)",
        "timestamp(3), datetime2(3)",
        "timestamptz, datetimeoffset(6)",
        "interval, nvarchar(max)",
        "bool, bit",
        "uuid, uniqueidentifier",
        "int4[], nvarchar(max)"
    })
    void valuesOfOthersHaveAPlace(String type, String made) {
        assertThat(SqlServerTargetTypes.of(LogicalType.parse(type), false).nativeType())
                .isEqualTo(made);
    }

    /** A later run finds the table of the first: what it describes takes what the first created it for. */
    @ParameterizedTest
    @CsvSource({"timestamptz(6), 10, 33, 6, datetimeoffset", "timestamp(6), 8, 26, 6, datetime2", "bool, 1, 1, 0, bit"})
    void whatWasCreatedIsDescribedAsWhatItHolds(String type, int length, int precision, int scale, String word) {
        Described described = new Described(word, length, precision, scale);

        assertThat(SqlServerTargetTypes.of(LogicalType.parse(type), false).nativeType())
                .isEqualTo(described.ddl());
        assertThat(SqlServerTypes.of(described, false)).isEqualTo(LogicalType.parse(type));
    }

    @Test
    void keysAreShortEnoughForAnIndex() {
        assertThat(SqlServerTargetTypes.of(LogicalType.parse("text"), true).nativeType())
                .isEqualTo("nvarchar(150)");
        assertThat(SqlServerTargetTypes.of(LogicalType.parse("varchar(100)"), true)
                        .nativeType())
                .isEqualTo("nvarchar(150)");
        assertThat(SqlServerTargetTypes.of(LogicalType.parse("bytea"), true).nativeType())
                .isEqualTo("varbinary(300)");
    }
}
