package io.godwit.connector.file.format;

import io.godwit.connector.json.JsonRowWriter;
import io.godwit.core.row.TupleFields;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Tuples as lines of JSON. */
final class JsonLinesWriter implements RowWriter {
    private final JsonRowWriter objects;

    JsonLinesWriter(OutputStream out, List<FileColumn> columns) {
        this.objects = new JsonRowWriter(out, JsonLinesFormat.fields(columns));
    }

    @Override
    public void row(TupleFields tuple) throws IOException {
        objects.row(tuple);
        objects.raw('\n');
    }

    @Override
    public void finish() throws IOException {
        objects.flush();
    }
}
