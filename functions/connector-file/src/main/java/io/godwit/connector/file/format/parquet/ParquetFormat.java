package io.godwit.connector.file.format.parquet;

import static java.util.Objects.requireNonNull;

import io.godwit.connector.file.format.FileColumn;
import io.godwit.connector.file.format.FileContent;
import io.godwit.connector.file.format.Format;
import io.godwit.connector.file.format.RowReader;
import io.godwit.connector.file.format.RowWriter;
import io.godwit.connector.file.store.UnfitFilesException;
import io.godwit.core.type.LogicalType;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntSupplier;
import org.apache.parquet.schema.Type;

/** Parquet. What it calls a bound is where a group of rows begins. */
public final class ParquetFormat implements Format {
    /** The words of the option {@code compression}. */
    public static final List<String> COMPRESSIONS = List.of("snappy", "zstd", "gzip", "none");

    /** Of a group of rows, in memory while it is written. */
    private static final long GROUP_BYTES = 16 << 20;

    private final Packing packing;
    private final long groupBytes;

    /** @param compression one of {@link #COMPRESSIONS} */
    public ParquetFormat(String compression) {
        this(compression, GROUP_BYTES);
    }

    /** @param groupBytes how large a group of rows becomes that is written */
    public ParquetFormat(String compression, long groupBytes) {
        this.packing = Packing.valueOf(compression.toUpperCase(Locale.ROOT));
        this.groupBytes = groupBytes;
    }

    @Override
    public String name() {
        return "parquet";
    }

    @Override
    public List<String> endings() {
        return List.of(".parquet");
    }

    @Override
    public Unit unit() {
        return Unit.ROW;
    }

    @Override
    public boolean isPacked() {
        return true;
    }

    @Override
    public List<FileColumn> describe(FileContent file) throws IOException {
        return Footer.read(file).columns();
    }

    @Override
    public List<Long> bounds(FileContent file, long first, long end, long bytesEach) throws IOException {
        List<Long> bounds = new ArrayList<>(List.of(first));
        if (end - first <= bytesEach) {
            return bounds;
        }
        long last = first;
        for (Footer.Group group : Footer.read(file).groups()) {
            boolean within = group.first() > first && group.first() < end;
            if (within && group.first() - last >= bytesEach && last != group.first()) {
                bounds.add(group.first());
                last = group.first();
            }
        }
        return bounds;
    }

    @Override
    public RowReader read(FileContent file, long first, long end, Reading how, List<FileColumn> columns)
            throws IOException {
        Footer footer = Footer.read(file);
        Map<String, FileColumn> there = new HashMap<>();
        footer.columns().forEach(column -> there.put(column.name(), column));
        requireSame(file, there, how.all());
        List<ColumnIn> in = new ArrayList<>();
        for (FileColumn column : columns) {
            Type field = footer.schema().getType(column.name());
            LogicalType noted = footer.notes().isPresent()
                    ? requireNonNull(there.get(column.name())).type()
                    : null;
            try {
                in.add(ColumnIn.of(column, field, noted));
            } catch (UnfitFilesException e) {
                throw new UnfitFilesException(file.path() + ": " + e.getMessage());
            }
        }
        List<Footer.Group> groups = footer.groups().stream()
                .filter(group -> group.first() >= first && group.first() < end)
                .toList();
        return new ParquetRowReader(file, footer, groups, in, how.maxRowBytes());
    }

    private static void requireSame(FileContent file, Map<String, FileColumn> there, List<FileColumn> all)
            throws UnfitFilesException {
        for (FileColumn column : all) {
            if (!there.containsKey(column.name())) {
                throw new UnfitFilesException(file.path() + " lacks column " + column.name() + ", which the table has");
            }
        }
        if (there.size() > all.size()) {
            List<String> more = new ArrayList<>(there.keySet());
            all.forEach(column -> more.remove(column.name()));
            throw new UnfitFilesException(file.path() + " has "
                    + String.join(", ", more.stream().sorted().toList()) + ", which the table has not");
        }
    }

    @Override
    public RowWriter write(OutputStream out, List<FileColumn> columns, IntSupplier files) throws IOException {
        return new ParquetRowWriter(out, columns, packing, groupBytes, files);
    }
}
