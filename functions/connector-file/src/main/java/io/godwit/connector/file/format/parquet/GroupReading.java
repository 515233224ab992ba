package io.godwit.connector.file.format.parquet;

import com.fasterxml.jackson.databind.JsonNode;
import io.godwit.connector.file.format.FileContent;
import io.godwit.connector.file.store.UnfitFilesException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Some columns of one group of rows. */
final class GroupReading implements PageReadStore {
    private final Footer footer;
    private final Footer.Group group;
    private final Map<ColumnDescriptor, PageReader> pages = new HashMap<>();
    private final ColumnReadStoreImpl readers;

    GroupReading(FileContent file, Footer footer, Footer.Group group, Set<String> fields, PageBudget budget)
            throws IOException {
        this.footer = footer;
        this.group = group;
        Map<ColumnDescriptor, ColumnMetaData> wanted = new LinkedHashMap<>();
        List<ChunkBytes.Range> ranges = new ArrayList<>();
        List<ColumnDescriptor> leaves = footer.schema().getColumns();
        for (int i = 0; i < leaves.size(); i++) {
            ColumnDescriptor leaf = leaves.get(i);
            if (fields.contains(leaf.getPath()[0])) {
                ColumnChunk chunk = group.chunks().get(i);
                wanted.put(leaf, check(file, leaf, Footer.about(chunk)));
                ranges.add(new ChunkBytes.Range(
                        Footer.first(chunk), Footer.about(chunk).getTotal_compressed_size()));
            }
        }
        List<ChunkBytes> bytes = ChunkBytes.open(file, ranges);
        int next = 0;
        for (Map.Entry<ColumnDescriptor, ColumnMetaData> column : wanted.entrySet()) {
            ColumnMetaData about = column.getValue();
            Packing packing = Packing.of(Objects.requireNonNull(about.getCodec()));
            pages.put(
                    column.getKey(),
                    new ColumnPages(column.getKey(), bytes.get(next++), packing, about.getNum_values(), budget));
        }
        this.readers = new ColumnReadStoreImpl(this, new Ignoring(), footer.schema(), footer.createdBy());
    }

    private ColumnMetaData check(FileContent file, ColumnDescriptor leaf, ColumnMetaData about)
            throws UnfitFilesException {
        boolean flat = leaf.getMaxRepetitionLevel() == 0;
        boolean sameType = about.getType()
                == ParquetSchema.physical(leaf.getPrimitiveType().getPrimitiveTypeName());
        if (!sameType || (flat ? about.getNum_values() != group.rows() : about.getNum_values() < group.rows())) {
            throw new UnfitFilesException(file.path() + ": column " + String.join(".", leaf.getPath())
                    + " is damaged: its type or number of values is not what the footer says");
        }
        return about;
    }

    /** Of a column that is not nested. */
    ColumnReader column(Type field) {
        return readers.getColumnReader(footer.schema().getColumnDescription(new String[] {field.getName()}));
    }

    RecordReader<JsonNode> nested(Type field, long most) {
        MessageType only = new MessageType(footer.schema().getName(), field);
        return new ColumnIOFactory(footer.createdBy())
                .getColumnIO(only, footer.schema())
                .getRecordReader(this, new NestedJson(only, most));
    }

    @Override
    public PageReader getPageReader(ColumnDescriptor column) {
        return Objects.requireNonNull(pages.get(column));
    }

    @Override
    public long getRowCount() {
        return group.rows();
    }

    /** Values are taken one by one: nothing is sent to it. */
    private static final class Ignoring extends GroupConverter {
        private static final Converter NOTHING = new PrimitiveConverter() {};

        @Override
        public Converter getConverter(int field) {
            return NOTHING;
        }

        @Override
        public void start() {}

        @Override
        public void end() {}
    }
}
