package io.godwit.connector.file.format.parquet;

import static java.util.Objects.requireNonNull;

import io.godwit.connector.file.format.FileColumn;
import io.godwit.connector.file.format.FileContent;
import io.godwit.connector.file.store.UnfitFilesException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * The end of a file of Parquet, which says what is in it.
 *
 * @param groups those with rows, in the order in which they lie in the file
 * @param notes Godwit's, where they fit the schema; empty: others wrote the file
 */
record Footer(MessageType schema, List<Group> groups, Optional<FooterNotes> notes, String createdBy) {
    /** A larger footer is refused: it would have to be held whole. */
    private static final int MOST_BYTES = 64 << 20;

    private static final int TAIL_BYTES = 8;

    Footer {
        groups = List.copyOf(groups);
    }

    /**
     * A group of rows.
     *
     * @param first where its first byte lies in the file
     * @param firstRow how many rows are in the groups before it
     * @param chunks one per column of the schema's leaves, in their order
     */
    record Group(long first, long firstRow, long rows, List<ColumnChunk> chunks) {}

    static Footer read(FileContent file) throws IOException {
        long bytes = file.bytes();
        if (bytes < TAIL_BYTES + ParquetRowWriter.MAGIC.length) {
            throw new UnfitFilesException(file.path() + " is no file of Parquet: it has " + bytes + " bytes");
        }
        byte[] tail = bytes(file, bytes - TAIL_BYTES, bytes);
        String magic = new String(tail, 4, 4, java.nio.charset.StandardCharsets.ISO_8859_1);
        if (magic.equals("PARE")) {
            throw new UnfitFilesException(file.path() + " has an encrypted footer, which cannot be read here");
        }
        if (!Arrays.equals(tail, 4, TAIL_BYTES, ParquetRowWriter.MAGIC, 0, 4)) {
            throw new UnfitFilesException(
                    file.path() + " is no file of Parquet, or is cut off: it does not end in PAR1");
        }
        int length = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt();
        long first = bytes - TAIL_BYTES - length;
        if (length < 0 || length > MOST_BYTES || first < ParquetRowWriter.MAGIC.length) {
            throw new UnfitFilesException(file.path() + " declares a footer of " + Integer.toUnsignedString(length)
                    + " bytes, which it has not, or which is above " + MOST_BYTES);
        }
        byte[] footer = bytes(file, first, bytes - TAIL_BYTES);
        try {
            return of(Thrift.read(new FileMetaData(), new ByteArrayInputStream(footer), length), first);
        } catch (UnfitFilesException e) {
            throw new UnfitFilesException(file.path() + ": " + e.getMessage());
        } catch (IOException | RuntimeException e) {
            // The bytes are all there: it is they that are none.
            throw new UnfitFilesException(file.path() + " has a damaged footer");
        }
    }

    private static byte[] bytes(FileContent file, long first, long end) throws IOException {
        try (InputStream in = file.open(first, end)) {
            byte[] bytes = in.readNBytes((int) (end - first));
            if (bytes.length < end - first) {
                throw new UnfitFilesException(file.path() + " is cut off");
            }
            return bytes;
        }
    }

    private static Footer of(FileMetaData data, long end) throws UnfitFilesException {
        if (data.isSetEncryption_algorithm()) {
            throw new UnfitFilesException("it has encrypted columns, which cannot be read here");
        }
        MessageType schema = ParquetSchema.read(requireNonNull(data.getSchema()));
        requireNames(schema);
        int leaves = schema.getColumns().size();
        List<Group> groups = new ArrayList<>();
        long row = 0;
        for (RowGroup group : requireNonNull(data.getRow_groups())) {
            if (group.getColumnsSize() != leaves || group.getNum_rows() < 0) {
                throw new UnfitFilesException("a group of rows does not have the schema's columns");
            }
            long first = end;
            List<ColumnChunk> chunks = requireNonNull(group.getColumns());
            for (ColumnChunk chunk : chunks) {
                first = Math.min(first, check(chunk, end));
            }
            if (group.getNum_rows() > 0 && leaves > 0) {
                groups.add(new Group(first, row, group.getNum_rows(), List.copyOf(chunks)));
            }
            row = Math.addExact(row, group.getNum_rows());
        }
        groups.sort(Comparator.comparingLong(Group::first));
        List<KeyValue> said = data.getKey_value_metadata();
        String createdBy = data.getCreated_by();
        Optional<FooterNotes> notes =
                FooterNotes.read(said == null ? List.of() : said).filter(found -> isOf(found, schema));
        return new Footer(schema, groups, notes, createdBy == null ? "" : createdBy);
    }

    private static void requireNames(MessageType schema) throws UnfitFilesException {
        Set<String> names = new HashSet<>();
        for (Type field : schema.getFields()) {
            if (!names.add(field.getName())) {
                throw new UnfitFilesException("it has the column " + field.getName() + " twice");
            }
        }
    }

    /** Where its bytes begin. */
    private static long check(ColumnChunk chunk, long end) throws UnfitFilesException {
        if (chunk.isSetFile_path() || !chunk.isSetMeta_data()) {
            throw new UnfitFilesException("its columns lie in other files, or are encrypted");
        }
        Packing.of(requireNonNull(about(chunk).getCodec()));
        long first = first(chunk);
        long bytes = about(chunk).getTotal_compressed_size();
        if (first < ParquetRowWriter.MAGIC.length || bytes < 0 || bytes > end - first) {
            throw new UnfitFilesException("a column would lie outside the file, which may be cut off");
        }
        return first;
    }

    static ColumnMetaData about(ColumnChunk chunk) {
        return requireNonNull(chunk.getMeta_data());
    }

    static long first(ColumnChunk chunk) {
        long data = about(chunk).getData_page_offset();
        long dictionary = about(chunk).getDictionary_page_offset();
        return dictionary > 0 ? Math.min(dictionary, data) : data; // 0: some writers' word for none
    }

    /** Whether the notes speak of this schema: somebody may have rewritten the file, and kept them. */
    private static boolean isOf(FooterNotes notes, MessageType schema) {
        List<Type> expected = new ArrayList<>();
        for (FileColumn column : notes.columns()) {
            expected.add(ParquetTypes.column(column.name(), column.type()));
        }
        if (!notes.beyond().isEmpty()) {
            expected.add(ParquetTypes.column(notes.beyond(), io.godwit.core.type.LogicalType.Scalar.JSON));
        }
        return expected.equals(schema.getFields());
    }

    /** The columns of the table. */
    List<FileColumn> columns() {
        return notes.map(FooterNotes::columns)
                .orElseGet(() -> schema.getFields().stream()
                        .map(field -> new FileColumn(
                                field.getName(),
                                NestedJson.isNested(field)
                                        ? io.godwit.core.type.LogicalType.Scalar.JSON
                                        : ParquetTypes.logical(field.asPrimitiveType())))
                        .toList());
    }

    String beyond() {
        return notes.map(FooterNotes::beyond).orElse("");
    }
}
