package io.godwit.connector.oracle;

import io.godwit.connector.jdbc.dialect.Values;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.type.LogicalType.Foreign;
import java.util.Set;

/**
 * How values are read and compared.
 *
 * @param micros whether finer times are taken for times of six digits, and zones are not kept
 */
record OracleValues(boolean micros) implements Values {
    private static final String SECONDS = "SYYYY-MM-DD HH24:MI:SS";
    private static final String LONGEST = SECONDS + ".FF9";
    private static final Set<String> KEYS =
            Set.of("NUMBER", "FLOAT", "VARCHAR2", "NVARCHAR2", "CHAR", "NCHAR", "DATE", "TIMESTAMP");

    static String name(Field field) {
        return OracleWords.WORDS.identifier(field.name());
    }

    static String word(Field field) {
        return OracleTypes.word(field.nativeType());
    }

    @Override
    public String selected(Field field) {
        String name = name(field);
        boolean text = field.type() instanceof Foreign;
        return switch (word(field)) {
            case "TIMESTAMP" -> text ? text(name, field, "") : name;
            case "TIMESTAMP WITH TIME ZONE" -> text ? text(name, field, " TZR TZD") : "SYS_EXTRACT_UTC(" + name + ")";
            case "TIMESTAMP WITH LOCAL TIME ZONE" ->
                text
                        ? text("SYS_EXTRACT_UTC(" + name + ")", field, "") + " || '+00:00'"
                        : "SYS_EXTRACT_UTC(" + name + ")";
            case "INTERVAL YEAR TO MONTH" -> "EXTRACT(YEAR FROM " + name + ") * 12 + EXTRACT(MONTH FROM " + name + ")";
            case "INTERVAL DAY TO SECOND" -> text ? "TO_CHAR(" + name + ")" : seconds(name);
            case "XMLTYPE" -> "XMLSERIALIZE(CONTENT " + name + " AS CLOB)";
            case "JSON" -> "JSON_SERIALIZE(" + name + " RETURNING CLOB)";
            case "ROWID" -> "ROWIDTOCHAR(" + name + ")";
            case "UROWID" -> "CAST(" + name + " AS VARCHAR2(4000))";
            default -> {
                if (text) {
                    throw new GodwitException(
                            ErrorCode.NOT_SUPPORTED,
                            "column " + field.name() + ": values of " + field.nativeType() + " have no text",
                            "Leave the column out, or read a view that converts it.");
                }
                yield name;
            }
        };
    }

    private static String text(String value, Field field, String zone) {
        String format = SECONDS + ".FF" + OracleTypes.digits(field.nativeType()) + zone;
        return "TRIM(TO_CHAR(" + value + ", '" + format + "'))";
    }

    private static String seconds(String name) {
        return "EXTRACT(DAY FROM " + name + ") * 86400 + EXTRACT(HOUR FROM " + name + ") * 3600 + EXTRACT(MINUTE FROM "
                + name + ") * 60 + EXTRACT(SECOND FROM " + name + ")";
    }

    @Override
    public Reader reader(Field field) {
        return OracleReaders.of(field);
    }

    @Override
    public String size(Field field) {
        return switch (word(field)) {
            case "CLOB", "NCLOB", "BLOB" -> "DBMS_LOB.GETLENGTH(" + name(field) + ")";
            case "VARCHAR2", "NVARCHAR2", "CHAR", "NCHAR" -> "LENGTHB(" + name(field) + ")";
            case "NUMBER", "FLOAT", "BINARY_FLOAT", "BINARY_DOUBLE", "DATE", "RAW" -> "VSIZE(" + name(field) + ")";
            default -> "16"; // no function tells it
        };
    }

    @Override
    public boolean mayBeLong(Field field) {
        return Set.of("CLOB", "NCLOB", "BLOB").contains(word(field));
    }

    @Override
    public Writer writer(Field field) {
        return OracleWriters.of(field);
    }

    @Override
    public String parameter(Field field) {
        return switch (word(field)) {
            case "TIMESTAMP" -> field.type() instanceof Foreign ? "TO_TIMESTAMP(?, '" + LONGEST + "')" : "?";
            case "TIMESTAMP WITH TIME ZONE", "TIMESTAMP WITH LOCAL TIME ZONE" ->
                "FROM_TZ(CAST(? AS TIMESTAMP(6)), '+00:00')";
            case "INTERVAL YEAR TO MONTH" -> "NUMTOYMINTERVAL(?, 'MONTH')";
            case "INTERVAL DAY TO SECOND" -> "NUMTODSINTERVAL(?, 'SECOND')";
            case "XMLTYPE" -> "XMLTYPE(?)";
            case "JSON" -> "JSON(?)";
            default -> "?";
        };
    }

    @Override
    public boolean isKey(Field field) {
        return KEYS.contains(word(field));
    }

    @Override
    public String keyText(Field field) {
        String name = name(field);
        return switch (word(field)) {
            case "NUMBER", "FLOAT", "BINARY_FLOAT", "BINARY_DOUBLE" -> "TO_CHAR(" + name + ", 'TM9')";
            case "DATE" -> "TRIM(TO_CHAR(" + name + ", '" + SECONDS + "'))";
            case "TIMESTAMP" -> "TRIM(TO_CHAR(" + name + ", '" + LONGEST + "'))";
            case "TIMESTAMP WITH TIME ZONE", "TIMESTAMP WITH LOCAL TIME ZONE" ->
                "TRIM(TO_CHAR(SYS_EXTRACT_UTC(" + name + "), '" + LONGEST + "'))";
            case "RAW" -> "RAWTOHEX(" + name + ")";
            default -> name;
        };
    }

    @Override
    public String keyLiteral(Field field, String text) {
        String literal = OracleWords.WORDS.literal(text);
        return switch (word(field)) {
            case "NUMBER", "FLOAT" -> {
                if (!text.matches("-?[0-9]{0,130}(\\.[0-9]{1,130})?(E[+-][0-9]{1,3})?") || text.length() < 1) {
                    throw new GodwitException(
                            ErrorCode.EVENT_MALFORMED,
                            "a split's bound is no " + field.type().notation(),
                            "Plan the run again.");
                }
                yield "TO_NUMBER(" + literal + ")";
            }
            case "DATE" ->
                "TO_DATE(" + OracleWords.WORDS.literal(text.replaceFirst("\\.0+$", "")) + ", '" + SECONDS + "')";
            case "TIMESTAMP" -> "TO_TIMESTAMP(" + literal + ", '" + LONGEST + "')";
            default -> literal;
        };
    }
}
