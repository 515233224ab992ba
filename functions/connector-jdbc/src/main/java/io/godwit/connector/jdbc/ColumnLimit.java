package io.godwit.connector.jdbc;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.table.TableName;

/** How many columns a table of a server may have: said before it is created, by plans too. */
public final class ColumnLimit {
    private ColumnLimit() {}

    /** @throws GodwitException NOT_SUPPORTED, above */
    public static void check(TableName table, int columns, int most) {
        if (columns > most) {
            throw new GodwitException(
                    ErrorCode.NOT_SUPPORTED,
                    table.display() + ": " + columns + " columns, where a table of this server has " + most
                            + " at most",
                    "Name fewer under columns, leave the table out (except), or write it in several steps.");
        }
    }
}
