package io.godwit.core.plan;

import io.godwit.core.job.Connection;
import io.godwit.core.job.Migrate;
import io.godwit.core.job.Migrate.ColumnMapping;
import io.godwit.core.job.Migrate.From;
import io.godwit.core.job.Migrate.TableSelection;
import io.godwit.core.job.NameTemplate;
import io.godwit.core.job.Parameters;
import io.godwit.core.job.WriteMode;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One source table, the selection that it fell to, and its target.
 *
 * @param target as the template names it: without a database, perhaps without a schema
 */
record TableMatch(
        Connection connection,
        From from,
        TableSelection selection,
        TableDescription table,
        NameTemplate template,
        TableName target,
        Migrate step) {

    WriteMode mode() {
        return selection.mode() != null ? selection.mode() : step.to().mode();
    }

    /** The mapping, {@code *} where none is written. */
    List<ColumnMapping> columns() {
        List<ColumnMapping> columns = selection.columns() != null ? selection.columns() : step.columns();
        return columns.isEmpty() ? List.of(new ColumnMapping("*", null, null, null)) : columns;
    }

    List<String> key() {
        return selection.key() != null ? selection.key() : step.to().key();
    }

    @Nullable
    String where() {
        return selection.where() != null ? selection.where() : from.where();
    }

    @Nullable
    String filter() {
        return selection.filter() != null ? selection.filter() : step.filter();
    }

    Parameters.SourceNames names() {
        return new Parameters.SourceNames(connection.name(), table.name());
    }

    /** For people: {@code shop: public.orders}. */
    String display() {
        return connection.name() + ": " + table.name();
    }
}
