package io.godwit.connector.file;

import io.godwit.connector.file.format.FileColumn;
import io.godwit.connector.file.format.RowWriter;
import io.godwit.connector.file.format.parquet.ParquetFormat;
import io.godwit.connector.json.FieldParser;
import io.godwit.core.job.TypeWord;
import io.godwit.core.row.TupleFields;
import io.godwit.core.type.codec.FieldWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Files of Parquet from texts. */
final class ParquetFile {
    private ParquetFile() {}

    /** {@code id int4,name text}. */
    static List<FileColumn> columns(String words) {
        return Arrays.stream(words.split(",", -1))
                .map(word -> new FileColumn(word.split(" ", 2)[0], TypeWord.parse(word.split(" ", 2)[1])))
                .toList();
    }

    static byte[] of(long groupBytes, List<FileColumn> columns, List<List<@Nullable String>> rows) {
        return of(groupBytes, 1, columns, rows);
    }

    /** @param files as many as are said to be written at once */
    static byte[] of(long groupBytes, int files, List<FileColumn> columns, List<List<@Nullable String>> rows) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        TupleFields fields = new TupleFields(columns.size());
        try {
            RowWriter writer = new ParquetFormat("snappy", groupBytes).write(file, columns, () -> files);
            for (List<@Nullable String> row : rows) {
                FieldWriter tuple = tuple(columns, row);
                fields.of(tuple.array(), 0, tuple.length());
                writer.row(fields);
            }
            writer.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }

    static FieldWriter tuple(List<FileColumn> columns, List<@Nullable String> row) {
        FieldWriter tuple = new FieldWriter();
        tuple.int2(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            String value = row.get(i);
            if (value == null) {
                tuple.int4(-1);
                continue;
            }
            int began = tuple.beginElement();
            FieldParser.of(columns.get(i).type()).parse(value.toCharArray(), 0, value.length(), tuple);
            tuple.endElement(began);
        }
        return tuple;
    }
}
