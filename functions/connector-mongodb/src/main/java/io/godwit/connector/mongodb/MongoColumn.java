package io.godwit.connector.mongodb;

import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.table.Column;
import io.godwit.core.type.LogicalType;
import java.util.List;

/** A field of a collection's documents: its name, what its values are, and how they lie there. */
record MongoColumn(String name, LogicalType type, Form form) {
    static final String ID = "_id";

    MongoColumn {
        if (!form.holds(type)) {
            throw new IllegalArgumentException(
                    "column " + name + ": BSON type " + form.word() + " does not hold " + type.notation());
        }
    }

    static MongoColumn of(Column column) {
        return of(column.name(), column.type(), column.nativeType());
    }

    /** What a step writes. */
    static List<MongoColumn> of(TablePlan table) {
        return table.columns().stream().map(MongoColumn::of).toList();
    }

    private static MongoColumn of(ColumnPlan column) {
        return of(column.target(), column.wireType(), column.targetNativeType());
    }

    /** Of a native type that is none of ours, or does not hold the type: as in a new collection. */
    private static MongoColumn of(String name, LogicalType type, String nativeType) {
        return new MongoColumn(
                name,
                type,
                Form.ofWord(nativeType).filter(form -> form.holds(type)).orElseGet(() -> Form.of(type)));
    }

    Column described(boolean nullable) {
        return new Column(name, type, form.word(), nullable, null, false, null, null, null);
    }
}
