package io.godwit.connector.file.format.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriteStore;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.SizeStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.schema.PrimitiveType;

/** The pages of one group of rows, compressed, in memory until the group is whole. */
final class GroupPages implements PageWriteStore {
    /** Longer values bound nothing that is worth the bytes. */
    private static final int LONGEST_BOUND = 64;

    private final Packing packing;
    private final Map<ColumnDescriptor, Pages> columns = new LinkedHashMap<>();

    GroupPages(Packing packing, List<ColumnDescriptor> columns) {
        this.packing = packing;
        columns.forEach(column -> this.columns.put(column, new Pages(column.getPrimitiveType())));
    }

    @Override
    public PageWriter getPageWriter(ColumnDescriptor column) {
        return Objects.requireNonNull(columns.get(column));
    }

    /** Writes them, column by column, and says where they lie. */
    List<ColumnChunk> writeTo(CountedOutput out) throws IOException {
        List<ColumnChunk> chunks = new ArrayList<>();
        for (Pages pages : columns.values()) {
            chunks.add(pages.writeTo(out));
        }
        return chunks;
    }

    /** Of one column. */
    private final class Pages implements PageWriter {
        private final PrimitiveType type;
        private final Set<org.apache.parquet.format.Encoding> encodings =
                EnumSet.noneOf(org.apache.parquet.format.Encoding.class);
        private final List<byte[]> dictionary = new ArrayList<>();
        private final List<byte[]> data = new ArrayList<>();
        private final Statistics<?> statistics;
        private long held;
        private long plain;
        private long values;

        Pages(PrimitiveType type) {
            this.type = type;
            this.statistics = Statistics.createStats(type);
        }

        private void add(List<byte[]> to, PageHeader header, byte[] packed) throws IOException {
            CRC32 check = new CRC32();
            check.update(packed);
            header.setCrc((int) check.getValue());
            ByteArrayOutputStream head = new ByteArrayOutputStream(64);
            Util.writePageHeader(header, head);
            to.add(head.toByteArray());
            to.add(packed);
            held += head.size() + packed.length;
            plain += head.size() + header.getUncompressed_page_size();
        }

        @Override
        @SuppressWarnings("deprecation") // the one without a count of rows, which flat columns need not
        public void writePage(
                BytesInput bytes,
                int valueCount,
                Statistics<?> ofPage,
                Encoding repetition,
                Encoding definition,
                Encoding encoding)
                throws IOException {
            page(bytes, valueCount, ofPage, repetition, definition, encoding);
        }

        private void page(
                BytesInput bytes,
                int valueCount,
                Statistics<?> ofPage,
                Encoding repetition,
                Encoding definition,
                Encoding encoding)
                throws IOException {
            byte[] whole = whole(bytes);
            byte[] packed = packing.pack(whole);
            PageHeader header = new PageHeader(PageType.DATA_PAGE, whole.length, packed.length);
            header.setData_page_header(
                    new DataPageHeader(valueCount, written(encoding), written(definition), written(repetition)));
            add(data, header, packed);
            values += valueCount;
            statistics.mergeStatistics(ofPage);
        }

        @Override
        public void writePage(
                BytesInput bytes,
                int valueCount,
                int rowCount,
                Statistics<?> ofPage,
                Encoding repetition,
                Encoding definition,
                Encoding encoding)
                throws IOException {
            page(bytes, valueCount, ofPage, repetition, definition, encoding);
        }

        @Override
        public void writePage(
                BytesInput bytes,
                int valueCount,
                int rowCount,
                Statistics<?> ofPage,
                SizeStatistics sizes,
                Encoding repetition,
                Encoding definition,
                Encoding encoding)
                throws IOException {
            page(bytes, valueCount, ofPage, repetition, definition, encoding);
        }

        @Override
        public void writePageV2(
                int rowCount,
                int nullCount,
                int valueCount,
                BytesInput repetition,
                BytesInput definition,
                Encoding encoding,
                BytesInput bytes,
                Statistics<?> ofPage) {
            throw new UnsupportedOperationException("pages are of the first version, which everybody reads");
        }

        @Override
        public void writeDictionaryPage(DictionaryPage page) throws IOException {
            byte[] whole = whole(page.getBytes());
            byte[] packed = packing.pack(whole);
            PageHeader header = new PageHeader(PageType.DICTIONARY_PAGE, whole.length, packed.length);
            header.setDictionary_page_header(
                    new DictionaryPageHeader(page.getDictionarySize(), written(page.getEncoding())));
            add(dictionary, header, packed);
        }

        private byte[] whole(BytesInput bytes) throws IOException {
            ByteArrayOutputStream whole = new ByteArrayOutputStream((int) bytes.size());
            bytes.writeAllTo(whole);
            return whole.toByteArray();
        }

        private org.apache.parquet.format.Encoding written(Encoding encoding) {
            org.apache.parquet.format.Encoding written = org.apache.parquet.format.Encoding.valueOf(encoding.name());
            encodings.add(written);
            return written;
        }

        ColumnChunk writeTo(CountedOutput out) throws IOException {
            long first = out.count();
            for (byte[] part : dictionary) {
                out.write(part);
            }
            long firstData = out.count();
            for (byte[] part : data) {
                out.write(part);
            }
            ColumnMetaData about = new ColumnMetaData(
                    ParquetSchema.physical(type.getPrimitiveTypeName()),
                    List.copyOf(encodings),
                    List.of(type.getName()),
                    packing.codec(),
                    values,
                    plain,
                    out.count() - first,
                    firstData);
            if (firstData > first) {
                about.setDictionary_page_offset(first);
            }
            about.setStatistics(bounds());
            ColumnChunk chunk = new ColumnChunk(0);
            chunk.setMeta_data(about);
            return chunk;
        }

        private org.apache.parquet.format.Statistics bounds() {
            org.apache.parquet.format.Statistics bounds = new org.apache.parquet.format.Statistics();
            bounds.setNull_count(statistics.getNumNulls());
            if (statistics.hasNonNullValue() && statistics.isSmallerThan(2 * LONGEST_BOUND)) {
                bounds.setMin_value(statistics.getMinBytes());
                bounds.setMax_value(statistics.getMaxBytes());
            }
            return bounds;
        }

        @Override
        public long getMemSize() {
            return held;
        }

        @Override
        public long allocatedSize() {
            return held;
        }

        @Override
        public String memUsageString(String prefix) {
            return prefix + held;
        }
    }
}
