package io.godwit.connector.file.format.parquet;

import static java.util.Objects.requireNonNull;

import io.godwit.connector.file.store.UnfitFilesException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one column of one group, one after the other. What a page declares is checked before memory is given to
 * it.
 */
final class ColumnPages implements PageReader {
    /** Of statistics, mostly. */
    private static final int MOST_HEADER = 1 << 20;

    /** Encodings that unpack all of a page's values at once. */
    private static final int MOST_UNPACKED = 4 << 20;

    /** What compressing adds at most, besides a quarter: no kind comes near to either. */
    private static final int MOST_OVERHEAD = 4 << 10;

    private final ColumnDescriptor column;
    private final ChunkBytes bytes;
    private final Packing packing;
    private final long values;
    private final PageBudget budget;
    private @Nullable PageHeader pending;
    private long seen;
    private long held;

    ColumnPages(ColumnDescriptor column, ChunkBytes bytes, Packing packing, long values, PageBudget budget) {
        this.column = column;
        this.bytes = bytes;
        this.packing = packing;
        this.values = values;
        this.budget = budget;
    }

    @Override
    public long getTotalValueCount() {
        return values;
    }

    @Override
    public @Nullable DictionaryPage readDictionaryPage() {
        try {
            PageHeader header = header();
            if (header.getType() != PageType.DICTIONARY_PAGE) {
                pending = header;
                return null;
            }
            DictionaryPageHeader about = requireNonNull(header.getDictionary_page_header());
            if (about.getNum_values() < 0 || about.getNum_values() > header.getUncompressed_page_size()) {
                throw damaged("a dictionary would have more values than bytes");
            }
            byte[] plain = content(
                    header, new CRC32(), header.getCompressed_page_size(), header.getUncompressed_page_size(), true);
            return new DictionaryPage(BytesInput.from(plain), about.getNum_values(), encoding(about.getEncoding()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public @Nullable DataPage readPage() {
        budget.release(held);
        held = 0;
        try {
            while (seen < values) {
                PageHeader header = header();
                if (header.getType() == PageType.DATA_PAGE) {
                    return page(header, requireNonNull(header.getData_page_header()));
                }
                if (header.getType() == PageType.DATA_PAGE_V2) {
                    return page(header, requireNonNull(header.getData_page_header_v2()));
                }
                bytes.skip(header.getCompressed_page_size()); // of a kind that says nothing of rows
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DataPage page(PageHeader header, DataPageHeader about) throws IOException {
        count(about.getNum_values(), about.getEncoding());
        byte[] plain = content(
                header, new CRC32(), header.getCompressed_page_size(), header.getUncompressed_page_size(), true);
        held = plain.length;
        deltas(
                about.getEncoding(),
                plain,
                requireNonNull(about.getEncoding()).name().startsWith("DELTA") ? afterLevels(plain) : 0,
                about.getNum_values());
        return new DataPageV1(
                BytesInput.from(plain),
                about.getNum_values(),
                plain.length,
                statistics(),
                encoding(about.getRepetition_level_encoding()),
                encoding(about.getDefinition_level_encoding()),
                encoding(about.getEncoding()));
    }

    private DataPage page(PageHeader header, DataPageHeaderV2 about) throws IOException {
        count(about.getNum_values(), about.getEncoding());
        CRC32 check = new CRC32();
        byte[] repetition = levels(about.getRepetition_levels_byte_length());
        byte[] definition = levels(about.getDefinition_levels_byte_length());
        int levels = repetition.length + definition.length; // within the budget
        check.update(repetition);
        check.update(definition);
        byte[] plain = content(
                header,
                check,
                header.getCompressed_page_size() - levels,
                header.getUncompressed_page_size() - levels,
                about.isIs_compressed());
        held = (long) levels + plain.length;
        deltas(about.getEncoding(), plain, 0, about.getNum_values());
        return DataPageV2.uncompressed(
                about.getNum_rows(),
                about.getNum_nulls(),
                about.getNum_values(),
                BytesInput.from(repetition),
                BytesInput.from(definition),
                encoding(about.getEncoding()),
                BytesInput.from(plain),
                statistics());
    }

    private void count(int count, org.apache.parquet.format.@Nullable Encoding encoding) throws UnfitFilesException {
        if (count < 0 || count > values - seen) {
            throw damaged("its pages have more values than it");
        }
        if (requireNonNull(encoding).name().startsWith("DELTA") && count > MOST_UNPACKED) {
            throw damaged("a page has more than " + MOST_UNPACKED + " values in " + encoding);
        }
        seen += count;
    }

    private int afterLevels(byte[] plain) throws UnfitFilesException {
        try {
            return DeltaHeads.afterLevels(
                    plain, column.getMaxRepetitionLevel() > 0, column.getMaxDefinitionLevel() > 0);
        } catch (RuntimeException e) {
            throw damaged("a page breaks off");
        }
    }

    private void deltas(org.apache.parquet.format.@Nullable Encoding encoding, byte[] plain, int from, int most)
            throws UnfitFilesException {
        int lists = switch (requireNonNull(encoding)) {
            case DELTA_BINARY_PACKED, DELTA_LENGTH_BYTE_ARRAY -> 1;
            case DELTA_BYTE_ARRAY -> 2;
            default -> 0;
        };
        try {
            DeltaHeads.check(plain, from, lists, most);
        } catch (IOException | RuntimeException e) {
            throw damaged("values in " + encoding + " are not what they declare");
        }
    }

    private byte[] levels(int length) throws IOException {
        if (length < 0) {
            throw damaged("levels of a page would have fewer than no bytes");
        }
        budget.take(length);
        return bytes.take(length);
    }

    private byte[] content(PageHeader header, CRC32 check, int packed, int plain, boolean isPacked) throws IOException {
        if (packed < 0 || plain < 0) {
            throw damaged("a page would have fewer than no bytes");
        }
        if (packed > 5L * plain / 4 + MOST_OVERHEAD) {
            throw damaged("a page of " + plain + " bytes would have " + packed + " once it is compressed");
        }
        budget.take((long) packed + plain);
        byte[] from = bytes.take(packed);
        check.update(from);
        if (header.isSetCrc() && header.getCrc() != (int) check.getValue()) {
            throw damaged("a page is not what its checksum says");
        }
        try {
            byte[] unpacked = (isPacked && plain > 0 ? packing : Packing.NONE).unpack(from, plain);
            budget.release(packed);
            return unpacked;
        } catch (IOException | RuntimeException e) {
            throw damaged("a page of " + header.getType() + " cannot be unpacked");
        }
    }

    private PageHeader header() throws IOException {
        PageHeader next = pending;
        if (next != null) {
            pending = null;
            return next;
        }
        try {
            return Thrift.read(new PageHeader(), bytes, Math.min(MOST_HEADER, bytes.left()));
        } catch (UnfitFilesException e) {
            throw e;
        } catch (IOException e) {
            throw damaged("the head of a page is none");
        }
    }

    private static Encoding encoding(org.apache.parquet.format.@Nullable Encoding encoding) {
        return Encoding.valueOf(requireNonNull(encoding).name());
    }

    private Statistics<?> statistics() {
        return Statistics.getBuilderForReading(column.getPrimitiveType()).build();
    }

    private UnfitFilesException damaged(String why) {
        return new UnfitFilesException("column " + String.join(".", column.getPath()) + " is damaged: " + why);
    }
}
