package io.godwit.connector.sqlserver;

import io.godwit.connector.jdbc.dialect.Values;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Scalar;
import java.util.Set;

/**
 * How values are read and compared.
 *
 * @param micros whether times of seven digits are taken for times of six, and offsets are not kept
 */
record SqlServerValues(boolean micros) implements Values {
    private static final Set<String> TIMES =
            Set.of("date", "time", "datetime", "datetime2", "datetimeoffset", "smalldatetime");
    private static final Set<String> WHOLE = Set.of("tinyint", "smallint", "int", "bigint");

    static String name(Field field) {
        return SqlServerWords.WORDS.identifier(field.name());
    }

    static String word(Field field) {
        return SqlServerTypes.word(field.nativeType());
    }

    @Override
    public String selected(Field field) {
        String name = name(field);
        return switch (word(field)) {
            case "date" -> "CONVERT(varchar(10), " + name + ", 23)";
            case "time", "datetime", "datetime2", "datetimeoffset" -> "CONVERT(varchar(40), " + name + ", 121)";
            case "smalldatetime" -> "CONVERT(varchar(19), " + name + ", 120)";
            case "money" -> "CONVERT(decimal(19,4), " + name + ")";
            case "smallmoney" -> "CONVERT(decimal(10,4), " + name + ")";
            case "text" -> "CONVERT(varchar(max), " + name + ")";
            case "ntext", "xml" -> "CONVERT(nvarchar(max), " + name + ")";
            case "image" -> "CONVERT(varbinary(max), " + name + ")";
            case "hierarchyid" -> name + ".ToString()";
            case "geometry", "geography" ->
                "CASE WHEN " + name + " IS NOT NULL THEN CONCAT('SRID=', " + name + ".STSrid, ';', " + name
                        + ".AsTextZM()) END";
            case "sql_variant" ->
                throw new GodwitException(
                        ErrorCode.NOT_SUPPORTED,
                        "column " + field.name() + ": a sql_variant holds values of many types",
                        "Leave the column out, or read a view that casts it.");
            default -> name;
        };
    }

    @Override
    public Reader reader(Field field) {
        return SqlServerReaders.of(field, micros);
    }

    @Override
    public String size(Field field) {
        return "DATALENGTH(" + name(field) + ")";
    }

    @Override
    public boolean mayBeLong(Field field) {
        return field.nativeType().endsWith("(max)")
                || Set.of("text", "ntext", "image", "xml", "geometry", "geography")
                        .contains(word(field));
    }

    @Override
    public Writer writer(Field field) {
        return SqlServerWriters.of(field, null, false);
    }

    @Override
    public String parameter(Field field) {
        String word = word(field);
        if (word.equals("xml")) {
            return "CONVERT(xml, ?, 1)";
        }
        if (word.equals("uniqueidentifier")) {
            return "CONVERT(uniqueidentifier, ?)";
        }
        if (word.equals("hierarchyid")) {
            return "hierarchyid::Parse(?)";
        }
        return TIMES.contains(word) ? "CONVERT(" + field.nativeType() + ", ?, 121)" : "?";
    }

    /**
     * Texts that are not Unicode's are left out: a literal would be compared under the database's code page, and the
     * column under its own.
     */
    @Override
    public boolean isKey(Field field) {
        String word = word(field);
        return WHOLE.contains(word)
                || Set.of("decimal", "numeric", "date", "datetime", "datetime2", "smalldatetime", "uniqueidentifier")
                        .contains(word)
                || ((word.equals("nvarchar") || word.equals("nchar"))
                        && !field.nativeType().endsWith("(max)"));
    }

    @Override
    public String keyText(Field field) {
        String name = name(field);
        String word = word(field);
        if (TIMES.contains(word)) {
            return selected(field);
        }
        return switch (word) {
            case "tinyint", "smallint", "int", "bigint" -> "CONVERT(varchar(20), " + name + ")";
            case "decimal", "numeric" -> "CONVERT(varchar(41), " + name + ")";
            case "money" -> "CONVERT(varchar(30), " + name + ", 2)";
            case "float", "real" -> "CONVERT(varchar(30), " + name + ", 3)";
            case "uniqueidentifier" -> "CONVERT(char(36), " + name + ")";
            case "timestamp", "rowversion", "binary", "varbinary" -> "CONVERT(varchar(max), " + name + ", 1)";
            default -> "CONVERT(nvarchar(4000), " + name + ")";
        };
    }

    @Override
    public String keyLiteral(Field field, String text) {
        String word = word(field);
        LogicalType type = field.type();
        if (WHOLE.contains(word) || word.equals("decimal") || word.equals("numeric")) {
            if (!text.matches("-?[0-9]{1,38}(\\.[0-9]{1,38})?")) {
                throw new GodwitException(
                        ErrorCode.EVENT_MALFORMED, "a split's bound is no " + type.notation(), "Plan the run again.");
            }
            return text;
        }
        String literal = SqlServerWords.WORDS.literal(text);
        if (type == Scalar.UUID) {
            return "CONVERT(uniqueidentifier, " + literal + ")";
        }
        return TIMES.contains(word) ? "CONVERT(" + field.nativeType() + ", " + literal + ", 121)" : literal;
    }
}
