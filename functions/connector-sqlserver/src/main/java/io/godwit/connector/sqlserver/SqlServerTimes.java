package io.godwit.connector.sqlserver;

import io.godwit.connector.jdbc.dialect.RefusedValueException;
import io.godwit.connector.jdbc.dialect.Values.Field;
import io.godwit.core.type.LogicalType.Foreign;
import java.util.regex.Pattern;

/** Times as the server's style 121 reads them. */
final class SqlServerTimes {
    private static final Pattern FORMS = Pattern.compile(
            "(\\d{4}-\\d\\d-\\d\\d)?[ T]?(\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,7})?)?" + " ?([+-]\\d\\d:\\d\\d)?");

    private SqlServerTimes() {}

    /**
     * The text for the server.
     *
     * @param word of the column's type
     * @param text of the wire's type, as PostgreSQL writes it
     * @throws RefusedValueException where the column does not hold the very value
     */
    static String text(String word, String text, Field field) {
        if (text.endsWith("BC") || text.endsWith("infinity") || text.matches("\\d{5,}.*")) {
            throw new RefusedValueException("a date that is infinite, or of a year before 1 or after 9999");
        }
        String plain = text.endsWith("+00") ? text.substring(0, text.length() - 3) + " +00:00" : text;
        if (field.type() instanceof Foreign && !FORMS.matcher(plain).matches()) {
            throw new RefusedValueException("a text that is no " + field.nativeType());
        }
        switch (word) {
            case "time" -> {
                if (plain.startsWith("24")) {
                    throw new RefusedValueException("the time 24:00");
                }
            }
            case "datetime" -> datetime(plain);
            case "smalldatetime" -> {
                if (!plain.matches(".* \\d\\d:\\d\\d:00(\\.0+)?") || year(plain) < 1900 || year(plain) > 2078) {
                    throw new RefusedValueException("a time with seconds, or of a year before 1900 or after 2078");
                }
            }
            default -> {}
        }
        return plain;
    }

    /** Thousandths of a second that are nearest to whole three-hundredths: others would be rounded. */
    private static void datetime(String text) {
        int dot = text.indexOf('.');
        String fraction = dot < 0 ? "000" : (text.substring(dot + 1) + "00").substring(0, 3);
        boolean held = "037".indexOf(fraction.charAt(2)) >= 0 && (dot < 0 || text.length() - dot <= 4);
        if (!held || year(text) < 1753) {
            throw new RefusedValueException(
                    "a time that is no whole three-hundredth of a second, or of a year before 1753");
        }
    }

    private static int year(String text) {
        return Integer.parseInt(text.substring(0, 4));
    }
}
