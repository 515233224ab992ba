package io.godwit.connector.sqlite;

import io.godwit.connector.jdbc.KeyRangeSql;
import io.godwit.connector.jdbc.sink.SinkTarget;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.type.codec.Codecs;

/** A source's key columns by the target's names, their values, in the source's text form, as the target's literals. */
record SqliteScanWords(SinkTarget target) implements KeyRangeSql.Words {

    @Override
    public String column(String name) {
        return Quoting.identifier(target.column(name).target());
    }

    @Override
    public String literal(String name, String value) {
        ColumnPlan column = target.column(name);
        var codec = Codecs.of(column.wireType());
        return SqliteQuery.literal(column.wireType(), column.targetNativeType(), codec.format(codec.parse(value)));
    }
}
