package io.godwit.connector.postgresql;

import static io.godwit.core.error.ErrorCode.NOT_SUPPORTED;

import io.godwit.core.error.GodwitException;
import io.godwit.core.table.TableName;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.stream.Collectors;

/** The one place where names and values become SQL. */
public final class Quoting {
    /** Bytes of a name; PostgreSQL cuts longer ones off and goes on, so that two names could become one. */
    static final int MAX_NAME_BYTES = 63;

    /** The schema of a table whose name has none. */
    static final String DEFAULT_SCHEMA = "public";

    private Quoting() {}

    /**
     * A name as a quoted identifier.
     *
     * @throws GodwitException NOT_SUPPORTED for a name that PostgreSQL cannot store: empty, with a NUL, above 63 bytes
     */
    public static String identifier(String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw new GodwitException(
                    NOT_SUPPORTED, "a name in PostgreSQL is neither empty nor has a NUL in it", "Choose another name.");
        }
        if (name.length() > MAX_NAME_BYTES / 4 && name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
            throw new GodwitException(
                    NOT_SUPPORTED,
                    name + ": names in PostgreSQL have at most " + MAX_NAME_BYTES + " bytes",
                    "Choose a shorter name.");
        }
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** {@code "schema"."name"}; the schema is {@code public} where the name has none. The database is left out. */
    public static String table(TableName table) {
        return identifier(schema(table)) + "." + identifier(table.name());
    }

    /** The schema that the table stands in. */
    public static String schema(TableName table) {
        String schema = table.schema();
        return schema == null ? DEFAULT_SCHEMA : schema;
    }

    /** {@code "a", "b"}. */
    public static String identifiers(Collection<String> names) {
        return names.stream().map(Quoting::identifier).collect(Collectors.joining(", "));
    }

    /**
     * A value as a string literal, whatever the session's {@code standard_conforming_strings}.
     *
     * @throws GodwitException NOT_SUPPORTED for a value with a NUL, which PostgreSQL cannot hold
     */
    public static String literal(String value) {
        if (value.indexOf('\0') >= 0) {
            throw new GodwitException(NOT_SUPPORTED, "a text value in PostgreSQL has no NUL in it", "");
        }
        String quoted = '\'' + value.replace("'", "''") + '\'';
        return value.indexOf('\\') < 0 ? quoted : " E" + quoted.replace("\\", "\\\\");
    }

    /** {@code 'a', 'b'}. */
    public static String literals(Collection<String> values) {
        return values.stream().map(Quoting::literal).collect(Collectors.joining(", "));
    }
}
