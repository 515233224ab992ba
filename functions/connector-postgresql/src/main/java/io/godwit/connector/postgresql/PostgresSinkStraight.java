package io.godwit.connector.postgresql;

import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.table.TableName;

/** Tuples that the table's columns take as they are. COPY writes identity columns too, whatever they are generated. */
final class PostgresSinkStraight implements PostgresSinkRoute {
    private final String copy;

    PostgresSinkStraight(TableName table, TablePlan plan) {
        copy = "COPY " + Quoting.table(table) + " ("
                + Quoting.identifiers(
                        plan.columns().stream().map(ColumnPlan::target).toList())
                + ") FROM STDIN (FORMAT binary)";
    }

    @Override
    public String copySql() {
        return copy;
    }

    @Override
    public long merge(long copied) {
        return copied;
    }
}
