package io.godwit.connector.http;

import io.godwit.connector.json.JsonField;
import io.godwit.connector.json.JsonRowWriter;
import io.godwit.core.row.TupleFields;
import io.godwit.core.table.Column;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Tuples as the JSON that they came from, for comparison. */
final class JsonOf {
    private JsonOf() {}

    static String row(List<Column> columns, byte[] bytes, int offset, int length) {
        TupleFields fields = new TupleFields(columns.size());
        fields.of(bytes, offset, offset + length);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonRowWriter writer = new JsonRowWriter(
                out,
                columns.stream()
                        .map(column -> new JsonField(column.name(), column.type()))
                        .toList());
        try {
            writer.row(fields);
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
