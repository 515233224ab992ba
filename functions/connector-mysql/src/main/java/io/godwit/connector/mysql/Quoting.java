package io.godwit.connector.mysql;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.table.TableName;
import java.util.Collection;
import java.util.stream.Collectors;

/** The only place where names and values become SQL, under the {@code sql_mode} of {@link MySqlSessions}. */
final class Quoting {
    private Quoting() {}

    /** A name, as the database stores it, as a quoted identifier. */
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

    /** A table of the session's own database, or of the one that the name carries. */
    static String table(TableName name) {
        return (name.database() == null ? "" : identifier(name.database()) + ".") + identifier(name.name());
    }

    /** A text as a literal: a backslash is a character as any other. */
    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
