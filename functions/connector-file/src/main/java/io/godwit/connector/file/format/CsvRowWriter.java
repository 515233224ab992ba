package io.godwit.connector.file.format;

import io.godwit.core.row.TupleFields;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tuples as CSV. A field is quoted where it has a delimiter, a quote or a line end, where it is empty, which is not
 * NULL, and where it reads like the word for NULL. Text that the file's encoding lacks is an error, never a question
 * mark.
 */
final class CsvRowWriter implements RowWriter {
    private final OutputStream out;
    /** Of encodings other than UTF-8. */
    private final @Nullable Writer encoded;

    private final TextBuffer text = new TextBuffer();
    private final FieldBytes[] fields;
    private final char delimiter;
    private final char quote;
    private final byte[] ofNull;
    private final boolean[] quoted = new boolean[128];

    CsvRowWriter(OutputStream out, CsvDialect dialect, List<FileColumn> columns) {
        this.out = out;
        this.fields =
                columns.stream().map(column -> FieldBytes.of(column.type())).toArray(FieldBytes[]::new);
        this.delimiter = dialect.delimiter();
        this.quote = dialect.quote();
        this.ofNull = dialect.nullText().getBytes(StandardCharsets.UTF_8);
        for (char c : new char[] {delimiter, quote, '\r', '\n'}) {
            quoted[c] = true;
        }
        this.encoded = dialect.encoding().equals(StandardCharsets.UTF_8)
                ? null
                : new OutputStreamWriter(
                        out,
                        dialect.encoding()
                                .newEncoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT));
        if (dialect.header()) {
            header(columns);
        }
    }

    private void header(List<FileColumn> columns) {
        for (int i = 0; i < columns.size(); i++) {
            int from = begin(i);
            text.add(columns.get(i).name());
            end(from);
        }
        text.add('\n');
    }

    @Override
    public void row(TupleFields tuple) throws IOException {
        for (int i = 0; i < fields.length; i++) {
            int from = begin(i);
            if (tuple.isNull(i)) {
                text.add(ofNull, 0, ofNull.length);
            } else {
                fields[i].add(tuple.bytes(), tuple.offset(i), tuple.length(i), text);
                end(from);
            }
        }
        text.add('\n');
        if (text.isFull()) {
            spill();
        }
    }

    private int begin(int field) {
        if (field > 0) {
            text.add(delimiter);
        }
        return text.length();
    }

    private void end(int from) {
        if (text.length() == from || text.hasAny(from, quoted) || text.endsWith(from, ofNull)) {
            text.quote(from, quote);
        }
    }

    /** Rows are whole, and so are characters. */
    private void spill() throws IOException {
        if (encoded == null) {
            text.flush(out);
        } else {
            encoded.write(text.take());
        }
    }

    @Override
    public void finish() throws IOException {
        spill();
        if (encoded != null) {
            encoded.flush();
        }
    }
}
