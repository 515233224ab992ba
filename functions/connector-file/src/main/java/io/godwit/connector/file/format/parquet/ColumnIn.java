package io.godwit.connector.file.format.parquet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.godwit.connector.file.format.FileColumn;
import io.godwit.connector.file.store.UnfitFilesException;
import io.godwit.connector.json.FieldParser;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.TypeDecision;
import io.godwit.core.type.TypeLattice;
import io.godwit.core.type.codec.FieldConverter;
import io.godwit.core.type.codec.FieldConverters;
import io.godwit.core.type.codec.FieldWriter;
import java.nio.charset.StandardCharsets;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** One column of a table, as it is read from a file. */
final class ColumnIn {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FileColumn column;
    private final Type field;
    private final FieldWriter scratch = new FieldWriter();
    private final FieldParser parser;
    private final FieldConverter converter;
    private final @Nullable FieldDecoder decoder;

    private ColumnIn(FileColumn column, Type field, FieldConverter converter) {
        this.column = column;
        this.field = field;
        this.converter = converter;
        this.parser = FieldParser.of(column.type());
        this.decoder = NestedJson.isNested(field) ? null : FieldDecoder.of(field.asPrimitiveType());
    }

    /**
     * The way of the file's values into the column.
     *
     * @param noted what Godwit noted that the file's column is; null: nothing
     * @throws UnfitFilesException where some value would change on it
     */
    static ColumnIn of(FileColumn column, Type field, @Nullable LogicalType noted) throws UnfitFilesException {
        LogicalType stored = NestedJson.isNested(field) ? Scalar.JSON : ParquetTypes.logical(field.asPrimitiveType());
        if (noted == null || ParquetTypes.isText(noted) || noted.equals(stored)) {
            return new ColumnIn(column, field, way(noted == null ? stored : noted, column));
        }
        if (noted == Scalar.JSONB) {
            FieldConverter on = way(noted, column);
            return new ColumnIn(
                    column,
                    field,
                    through(
                            (from, offset, length, out) -> {
                                out.int1(1);
                                out.bytes(from, offset, length);
                            },
                            on));
        }
        boolean asText = stored == Scalar.TEXT;
        if (!asText) {
            return new ColumnIn(column, field, way(noted, column)); // timestamp(3): the bytes of timestamp
        }
        FieldParser parser = FieldParser.of(noted);
        return new ColumnIn(
                column,
                field,
                through(
                        (from, offset, length, out) -> {
                            char[] text = new String(from, offset, length, StandardCharsets.UTF_8).toCharArray();
                            parser.parse(text, 0, text.length, out);
                        },
                        way(noted, column)));
    }

    private static FieldConverter through(FieldConverter first, FieldConverter then) {
        if (then == FieldConverters.COPY) {
            return first;
        }
        FieldWriter between = new FieldWriter();
        return (from, offset, length, out) -> {
            between.clear();
            first.convert(from, offset, length, between);
            then.convert(between.array(), 0, between.length(), out);
        };
    }

    private static FieldConverter way(LogicalType from, FileColumn column) throws UnfitFilesException {
        TypeDecision decision = TypeLattice.decide(from, column.type());
        if (decision.isLossless()) {
            return FieldConverters.of(from, column.type());
        }
        if (from == Scalar.TEXT) {
            FieldParser parser = FieldParser.of(column.type());
            return (bytes, offset, length, out) -> {
                char[] text = new String(bytes, offset, length, StandardCharsets.UTF_8).toCharArray();
                parser.parse(text, 0, text.length, out);
            };
        }
        throw new UnfitFilesException("column " + column.name() + " is " + from.notation() + " in the file, and "
                + column.type().notation() + " in the table, which would change values: " + decision.reason());
    }

    String name() {
        return column.name();
    }

    Type field() {
        return field;
    }

    boolean isNested() {
        return decoder == null;
    }

    /** The value that the column stands at, which is not NULL. */
    void read(ColumnReader from, FieldWriter tuple) {
        int began = tuple.beginElement();
        FieldDecoder reading = java.util.Objects.requireNonNull(decoder);
        if (converter == FieldConverters.COPY) {
            reading.read(from, tuple);
        } else {
            scratch.clear();
            reading.read(from, scratch);
            converter.convert(scratch.array(), 0, scratch.length(), tuple);
        }
        tuple.endElement(began);
    }

    /** The next row's value of a nested column. */
    void read(RecordReader<JsonNode> from, FieldWriter tuple) throws JsonProcessingException {
        JsonNode value = from.read().get(field.getName());
        if (value == null) {
            if (field.isRepetition(Type.Repetition.REPEATED)) {
                value = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.arrayNode();
            } else {
                tuple.int4(-1);
                return;
            }
        }
        int began = tuple.beginElement();
        byte[] json = JSON.writeValueAsBytes(value);
        converter.convert(json, 0, json.length, tuple);
        tuple.endElement(began);
    }

    /** A value from its text. */
    void read(String text, FieldWriter tuple) {
        int began = tuple.beginElement();
        char[] value = text.toCharArray();
        parser.parse(value, 0, value.length, tuple);
        tuple.endElement(began);
    }
}
