package io.godwit.connector.mongodb;

import io.godwit.core.plan.TablePlan;
import java.util.List;

/**
 * What a document's {@code _id} is: the column of that name; or made of the key's columns, so that rows of one key are
 * one document; or of the subtask and the row's place in it. Whichever it is, a row that is written again has the same.
 *
 * @param columns places of the columns that it is made of; empty: of none
 * @param isColumn whether it is the column {@code _id}
 */
record Identity(List<Integer> columns, boolean isColumn) {
    Identity {
        columns = List.copyOf(columns);
    }

    static Identity of(TablePlan table) {
        return of(MongoColumn.of(table), table.key());
    }

    static Identity of(List<MongoColumn> columns, List<String> key) {
        List<String> names = columns.stream().map(MongoColumn::name).toList();
        if (names.contains(MongoColumn.ID)) {
            return new Identity(List.of(names.indexOf(MongoColumn.ID)), true);
        }
        return new Identity(key.stream().map(names::indexOf).toList(), false);
    }
}
