package io.godwit.connector.jdbc.dialect;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.table.TableName;
import java.util.Collection;
import java.util.stream.Collectors;

/** The only place where names and texts become SQL. */
public interface SqlWords {

    /**
     * A name, as the database stores it, as a quoted identifier.
     *
     * @throws GodwitException NOT_SUPPORTED where no quoting makes it one
     */
    String identifier(String name);

    /** A text as a literal. */
    String literal(String text);

    /**
     * The first rows of a query.
     *
     * @param fields what is selected
     * @param rest FROM and what follows
     */
    String first(String fields, String rest, long rows);

    /** The name of a table, in its schema where it names one; the database is the session's. */
    default String table(TableName name) {
        return (name.schema() == null ? "" : identifier(name.schema()) + ".") + identifier(name.name());
    }

    default String identifiers(Collection<String> names) {
        return names.stream().map(this::identifier).collect(Collectors.joining(", "));
    }

    /** For implementations: refuses what no database has as a name. */
    static void require(String name, int most) {
        if (name.isEmpty() || name.indexOf('\0') >= 0 || name.length() > most) {
            throw new GodwitException(
                    ErrorCode.NOT_SUPPORTED,
                    "a name that is empty, has a NUL character in it or is longer than " + most + " characters",
                    "Use another name.");
        }
    }
}
