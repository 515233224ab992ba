package io.godwit.connector.file.format.parquet;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.godwit.connector.file.format.FileColumn;
import io.godwit.connector.file.format.RowWriter;
import io.godwit.connector.file.store.UnfitFilesException;
import io.godwit.connector.json.FieldText;
import io.godwit.core.row.TupleFields;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.codec.InvalidValueException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntSupplier;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.TypeDefinedOrder;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/** Tuples as a file of Parquet, in groups of rows of about so many bytes. */
final class ParquetRowWriter implements RowWriter {
    static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

    /** How many bytes of rows lie between two looks at how much is held. */
    private static final long LOOK_BYTES = 256 << 10;

    /** However many files there are. */
    private static final long LEAST_GROUP = 512 << 10;

    private static final int PAGE_BYTES = 256 << 10;

    private final CountedOutput out;
    private final List<FileColumn> columns;
    private final Packing packing;
    private final long groupBytes;
    private final IntSupplier files;
    private final List<PrimitiveType> stored = new ArrayList<>();
    private final MessageType schema;
    private final FieldEncoder[] encoders;
    private final FieldText[] texts;
    private final ColumnWriter[] writers;
    private final List<RowGroup> groups = new ArrayList<>();
    private GroupPages pages;
    private ColumnWriteStore store;
    private long rows;
    private long allRows;
    private long sinceLook;
    private boolean isBeyondUsed;

    /**
     * @param groupBytes about as much is held in memory by all files together
     * @param files how many they are
     */
    ParquetRowWriter(OutputStream out, List<FileColumn> columns, Packing packing, long groupBytes, IntSupplier files)
            throws IOException {
        if (columns.isEmpty()) {
            throw new UnfitFilesException("a table without columns, of which Parquet holds no rows");
        }
        this.out = new CountedOutput(out);
        this.columns = columns;
        this.packing = packing;
        this.groupBytes = groupBytes;
        this.files = files;
        this.encoders = new FieldEncoder[columns.size()];
        this.texts = new FieldText[columns.size()];
        this.writers = new ColumnWriter[columns.size() + 1];
        for (int i = 0; i < columns.size(); i++) {
            FileColumn column = columns.get(i);
            stored.add(ParquetTypes.column(column.name(), column.type()));
            encoders[i] = FieldEncoder.of(column.type(), stored.get(i));
            texts[i] = FieldText.of(column.type());
        }
        stored.add(ParquetTypes.column(Beyond.name(columns), Scalar.JSON));
        this.schema = new MessageType("schema", Collections.unmodifiableList(stored));
        this.pages = new GroupPages(packing, schema.getColumns());
        this.store = open();
        this.out.write(MAGIC);
    }

    private ColumnWriteStore open() {
        ColumnWriteStore opened = ParquetProperties.builder()
                .withWriterVersion(ParquetProperties.WriterVersion.PARQUET_1_0)
                .withPageSize(PAGE_BYTES)
                .withDictionaryPageSize(PAGE_BYTES)
                .withMinRowCountForPageSizeCheck(1)
                .withSizeStatisticsEnabled(false)
                .build()
                .newColumnWriteStore(schema, pages);
        for (int i = 0; i < writers.length; i++) {
            writers[i] = opened.getColumnWriter(schema.getColumns().get(i));
        }
        return opened;
    }

    @Override
    public void row(TupleFields tuple) throws IOException {
        ObjectNode beyond = null;
        for (int i = 0; i < encoders.length; i++) {
            if (tuple.isNull(i)) {
                writers[i].writeNull(0, 0);
                continue;
            }
            int length = tuple.length(i);
            if (!write(tuple, i)) {
                writers[i].writeNull(0, 0);
                beyond =
                        Beyond.with(beyond, columns.get(i).name(), texts[i].of(tuple.bytes(), tuple.offset(i), length));
            }
            sinceLook += length;
        }
        beyond(beyond);
        store.endRecord();
        rows++;
        sinceLook += encoders.length;
        if (sinceLook >= Math.min(LOOK_BYTES, groupBytes / 4)) {
            sinceLook = 0;
            long share = Math.max(Math.min(LEAST_GROUP, groupBytes), groupBytes / Math.max(1, files.getAsInt()));
            if (store.getBufferedSize() >= share) {
                endGroup();
            }
        }
    }

    private boolean write(TupleFields tuple, int column) throws UnfitFilesException {
        try {
            return encoders[column].write(tuple.bytes(), tuple.offset(column), tuple.length(column), writers[column]);
        } catch (InvalidValueException | ArithmeticException e) {
            throw new UnfitFilesException("column " + columns.get(column).name() + ": a value is none of "
                    + columns.get(column).type().notation() + ": " + e.getMessage());
        }
    }

    private void beyond(@Nullable ObjectNode values) {
        ColumnWriter writer = writers[encoders.length];
        if (values == null) {
            writer.writeNull(0, 0);
        } else {
            isBeyondUsed = true;
            writer.write(Binary.fromString(values.toString()), 0, 1);
        }
    }

    private void endGroup() throws IOException {
        store.flush();
        store.close();
        long first = out.count();
        List<ColumnChunk> chunks = pages.writeTo(out);
        RowGroup group = new RowGroup(chunks, 0, rows);
        group.setFile_offset(first);
        groups.add(group);
        allRows += rows;
        rows = 0;
        pages = new GroupPages(packing, schema.getColumns());
        store = open();
    }

    @Override
    public void finish() throws IOException {
        if (rows > 0) {
            endGroup();
        }
        store.close();
        List<PrimitiveType> listed = isBeyondUsed ? stored : stored.subList(0, columns.size());
        for (RowGroup group : groups) {
            List<ColumnChunk> chunks = requireNonNull(group.getColumns()).subList(0, listed.size());
            group.setColumns(chunks);
            group.setTotal_byte_size(chunks.stream()
                    .mapToLong(chunk -> Footer.about(chunk).getTotal_uncompressed_size())
                    .sum());
            group.setTotal_compressed_size(chunks.stream()
                    .mapToLong(chunk -> Footer.about(chunk).getTotal_compressed_size())
                    .sum());
        }
        FileMetaData footer = new FileMetaData(1, ParquetSchema.write(listed), allRows, groups);
        footer.setCreated_by("godwit version 0.1.0 (build 0)");
        footer.setColumn_orders(Collections.nCopies(listed.size(), ColumnOrder.TYPE_ORDER(new TypeDefinedOrder())));
        footer.setKey_value_metadata(List.of(new FooterNotes(
                        columns, isBeyondUsed ? listed.get(columns.size()).getName() : "")
                .write()));
        long first = out.count();
        Util.writeFileMetaData(footer, out);
        byte[] length = ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) (out.count() - first))
                .array();
        out.write(length);
        out.write(MAGIC);
        out.flush();
    }
}
