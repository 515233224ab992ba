package io.godwit.connector.file.format;

import io.godwit.connector.json.JsonRow;
import io.godwit.connector.json.JsonRowException;
import io.godwit.core.type.codec.FieldWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Lines of JSON as tuples. */
final class JsonRowReader implements RowReader {
    private final Lines lines;
    private final JsonRow row;

    JsonRowReader(Lines lines, Format.Reading how, List<FileColumn> columns) {
        this.lines = lines;
        this.row = new JsonRow(JsonLinesFormat.fields(how.all()), JsonLinesFormat.fields(columns), how.ours());
    }

    @Override
    public boolean next(FieldWriter tuple) throws IOException {
        boolean found = lines.next();
        while (found && lines.isBlank()) {
            found = lines.next();
        }
        if (!found) {
            return false;
        }
        try {
            row.read(lines.bytes(), lines.offset(), lines.length(), tuple);
        } catch (JsonRowException e) {
            throw MalformedRowException.ofRow(lines.number(), String.valueOf(e.getMessage()), raw(), e.getCause());
        }
        return true;
    }

    private byte[] raw() {
        int length = lines.length();
        while (length > 0 && lines.bytes()[lines.offset() + length - 1] == '\r') {
            length--;
        }
        return Arrays.copyOfRange(lines.bytes(), lines.offset(), lines.offset() + length);
    }

    @Override
    public long line() {
        return lines.number();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
