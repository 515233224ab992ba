package io.godwit.connector.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.table.TableName;
import java.util.Collection;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The only place where names and values become SQL. */
final class Quoting {
    private static final Pattern PLAIN_TYPE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\(\\d+(, ?-?\\d+)?\\))?");

    private Quoting() {}

    /**
     * A name, as the database stores it, in backticks: never taken for a text, whether there is such a column or not.
     */
    static String identifier(String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw new GodwitException(
                    ErrorCode.NOT_SUPPORTED, "a name that is empty or has a NUL character in it", "Use another name.");
        }
        return "`" + name.replace("`", "``") + "`";
    }

    static String identifiers(Collection<String> names) {
        return names.stream().map(Quoting::identifier).collect(Collectors.joining(", "));
    }

    static String table(TableName name) {
        return identifier(name.name());
    }

    /** A type in a definition; one of several words, or with signs in it, stands in quotes and is the same type. */
    static String type(String declared) {
        if (declared.isEmpty() || PLAIN_TYPE.matcher(declared).matches()) {
            return declared;
        }
        return identifier(declared);
    }

    /** A text as a literal; SQL itself ends at a NUL, so that a text with one is written by its bytes. */
    static String literal(String text) {
        return text.indexOf('\0') >= 0
                ? "CAST(" + bytes(text.getBytes(UTF_8)) + " AS TEXT)"
                : "'" + text.replace("'", "''") + "'";
    }

    static String bytes(byte[] bytes) {
        return "x'" + HexFormat.of().formatHex(bytes) + "'";
    }
}
