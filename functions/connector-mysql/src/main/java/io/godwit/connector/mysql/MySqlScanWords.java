package io.godwit.connector.mysql;

import io.godwit.connector.jdbc.KeyRangeSql;
import io.godwit.connector.jdbc.sink.SinkTarget;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.type.codec.Codecs;
import io.godwit.core.type.codec.FieldWriter;
import java.nio.charset.StandardCharsets;

/** A source's key columns by the target's names, their values, in the source's text form, as the target's literals. */
record MySqlScanWords(SinkTarget target) implements KeyRangeSql.Words {

    @Override
    public String column(String name) {
        return Quoting.identifier(target.column(name).target());
    }

    @Override
    public String literal(String name, String value) {
        ColumnPlan column = target.column(name);
        var codec = Codecs.of(column.wireType());
        byte[] field = codec.encode(codec.parse(value));
        MySqlValues.Value written = MySqlValues.of(column.wireType(), column.targetNativeType());
        FieldWriter out = new FieldWriter();
        written.write(field, 0, field.length, out);
        String text = new String(out.array(), 0, out.length(), StandardCharsets.UTF_8);
        return written.form == MySqlValues.Form.PLAIN ? text : Quoting.literal(text);
    }
}
