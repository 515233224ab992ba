package io.godwit.connector.file.format;

import io.godwit.connector.json.JsonField;
import io.godwit.connector.json.JsonFields;
import io.godwit.connector.json.JsonRowException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/** JSON lines: an object a line, its keys the columns. */
public final class JsonLinesFormat implements Format {
    private static final long LONGEST_SAMPLED = 16 << 20;

    @Override
    public String name() {
        return "jsonl";
    }

    @Override
    public List<String> endings() {
        return List.of(".jsonl", ".ndjson", ".json");
    }

    @Override
    public List<FileColumn> describe(FileContent file) throws IOException {
        JsonFields seen = new JsonFields();
        try (CountedInput in = new CountedInput(file.open(0, Long.MAX_VALUE));
                Lines lines = new Lines(in, LONGEST_SAMPLED)) {
            while (in.count() <= CsvFormat.SAMPLE && lines.next()) {
                if (!lines.isBlank()) {
                    look(lines, seen);
                }
            }
        }
        return seen.fields().stream()
                .map(field -> new FileColumn(field.name(), field.type()))
                .toList();
    }

    private static void look(Lines lines, JsonFields seen) throws MalformedRowException {
        try {
            seen.see(lines.bytes(), lines.offset(), lines.length());
        } catch (JsonRowException e) {
            throw MalformedRowException.at(lines.number(), String.valueOf(e.getMessage()), e.getCause());
        }
    }

    static List<JsonField> fields(List<FileColumn> columns) {
        return columns.stream()
                .map(column -> new JsonField(column.name(), column.type()))
                .toList();
    }

    @Override
    public List<Long> bounds(FileContent file, long first, long end, long bytesEach) throws IOException {
        List<Long> bounds = new ArrayList<>(List.of(first));
        if (file.isCompressed()) {
            return bounds;
        }
        // A line end is never within a string: it is found by looking where it is wanted.
        for (long wanted = first + bytesEach; wanted < end; ) {
            long found = lineAfter(file, wanted - 1);
            if (found >= end) {
                break;
            }
            bounds.add(found);
            wanted = found + bytesEach;
        }
        return bounds;
    }

    private static long lineAfter(FileContent file, long from) throws IOException {
        try (InputStream in = file.open(from, Long.MAX_VALUE)) {
            long at = from;
            for (int b = in.read(); b >= 0; b = in.read()) {
                at++;
                if (b == '\n') {
                    break;
                }
            }
            return at;
        }
    }

    @Override
    public RowReader read(FileContent file, long first, long end, Reading how, List<FileColumn> columns)
            throws IOException {
        return new JsonRowReader(new Lines(file.open(first, end), how.maxRowBytes()), how, columns);
    }

    @Override
    public RowWriter write(OutputStream out, List<FileColumn> columns, IntSupplier files) {
        return new JsonLinesWriter(out, columns);
    }
}
