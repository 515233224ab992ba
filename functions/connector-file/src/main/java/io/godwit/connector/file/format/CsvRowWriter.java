package io.godwit.connector.file.format;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import io.godwit.core.row.TupleFields;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tuples as CSV. Text that the file's encoding lacks is an error, never a question mark. */
final class CsvRowWriter implements RowWriter {
    private final Writer text;
    private final CsvWriter csv;
    private final FieldText[] fields;
    private final @Nullable String[] values;
    private final @Nullable String ofNull;

    CsvRowWriter(OutputStream out, CsvDialect dialect, List<FileColumn> columns) {
        this.fields =
                columns.stream().map(column -> FieldText.of(column.type())).toArray(FieldText[]::new);
        this.values = new String[columns.size()];
        this.ofNull = dialect.ofNull();
        this.text = new OutputStreamWriter(
                out,
                dialect.encoding()
                        .newEncoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        this.csv = CsvWriter.builder()
                .fieldSeparator(dialect.delimiter())
                .quoteCharacter(dialect.quote())
                .lineDelimiter(LineDelimiter.LF)
                .quoteStrategy(ofNull == null ? QuoteStrategies.EMPTY : new Alike(ofNull, values))
                .build(text);
        if (dialect.header()) {
            csv.writeRecord(columns.stream().map(FileColumn::name).toList());
        }
    }

    @Override
    public void row(TupleFields tuple) throws IOException {
        for (int i = 0; i < fields.length; i++) {
            values[i] = tuple.isNull(i) ? ofNull : fields[i].of(tuple.bytes(), tuple.offset(i), tuple.length(i));
        }
        csv.writeRecord(values);
        Arrays.fill(values, null);
    }

    @Override
    public void finish() throws IOException {
        csv.flush();
        text.flush();
    }

    /** Quotes a text that reads like a NULL; the NULL itself is known by its identity. */
    private static final class Alike implements QuoteStrategy {
        private final String ofNull;
        private final @Nullable String[] values;

        Alike(String ofNull, @Nullable String[] values) {
            this.ofNull = ofNull;
            this.values = values;
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // a text may equal the word for NULL and be none
        public boolean quoteValue(int lineNo, int fieldIdx, @Nullable String value) {
            String field = fieldIdx < values.length ? values[fieldIdx] : value;
            return field != null && field != ofNull && (field.equals(ofNull) || field.isEmpty());
        }
    }
}
