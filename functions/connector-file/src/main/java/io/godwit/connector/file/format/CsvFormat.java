package io.godwit.connector.file.format;

import io.godwit.connector.json.TypeGuess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/** CSV, in a dialect. */
public final class CsvFormat implements Format {
    /** Bytes of a file from which its columns' types are guessed. */
    static final long SAMPLE = 1 << 20;

    private static final long HEADER = 1 << 20;

    private final CsvDialect dialect;

    public CsvFormat(CsvDialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public String name() {
        return "csv";
    }

    @Override
    public List<String> endings() {
        return List.of(".csv", ".tsv", ".txt");
    }

    @Override
    public List<FileColumn> describe(FileContent file) throws IOException {
        List<String> names = names(file);
        List<TypeGuess> guesses = names.stream().map(name -> new TypeGuess()).toList();
        if (dialect.guesses()) {
            try (CountedInput in = new CountedInput(file.open(0, Long.MAX_VALUE));
                    CsvRecords records = new CsvRecords(in, true, dialect, HEADER)) {
                CsvRecord record = dialect.header() ? records.next() : null;
                for (record = records.next(); record != null && in.count() <= SAMPLE; record = records.next()) {
                    look(record, names.size(), guesses);
                }
            }
        }
        List<FileColumn> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            columns.add(new FileColumn(names.get(i), guesses.get(i).type()));
        }
        return columns;
    }

    private void look(CsvRecord record, int width, List<TypeGuess> guesses) {
        for (int i = 0; i < Math.min(width, record.fields()); i++) {
            if (!dialect.isNull(record.text(), record.offset(i), record.length(i), record.isQuoted(i))) {
                guesses.get(i).see(record.string(i));
            }
        }
    }

    @Override
    public List<Long> bounds(FileContent file, long first, long end, long bytesEach) throws IOException {
        if (file.isCompressed() || end - first <= bytesEach || !dialect.isCutByBytes()) {
            return List.of(first);
        }
        try (InputStream in = file.open(first, end)) {
            return new CsvBounds(dialect, first, bytesEach).of(in);
        }
    }

    @Override
    public RowReader read(FileContent file, long first, long end, Reading how, List<FileColumn> columns)
            throws IOException {
        List<String> names = dialect.header()
                ? names(file)
                : how.all().stream().map(FileColumn::name).toList();
        int[] places = places(names, how.all(), columns);
        return new CsvRowReader(file, first, end, how.maxRowBytes(), dialect, columns, places, names);
    }

    /** Where the columns stand in this file: by their names, or in the table's order where there is no header. */
    private static int[] places(List<String> names, List<FileColumn> all, List<FileColumn> columns)
            throws MalformedRowException {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            if (places.put(names.get(i), i) != null) {
                throw MalformedRowException.at(1, "the header has " + names.get(i) + " twice", null);
            }
        }
        for (FileColumn column : all) {
            if (!places.containsKey(column.name())) {
                throw MalformedRowException.at(1, "the header lacks column " + column.name(), null);
            }
        }
        if (names.size() != all.size()) {
            List<String> more = new ArrayList<>(names);
            all.forEach(column -> more.remove(column.name()));
            throw MalformedRowException.at(
                    1, "the header has " + String.join(", ", more) + ", which the table has not", null);
        }
        return columns.stream()
                .mapToInt(column -> java.util.Objects.requireNonNull(places.get(column.name())))
                .toArray();
    }

    /** The names of the first row; c1, c2, ... where it has none. Empty of an empty file. */
    private List<String> names(FileContent file) throws IOException {
        try (CsvRecords records = new CsvRecords(file.open(0, Long.MAX_VALUE), true, dialect, HEADER)) {
            CsvRecord first = records.next();
            List<String> names = new ArrayList<>();
            for (int i = 0; first != null && i < first.fields(); i++) {
                names.add(dialect.header() ? first.string(i) : "c" + (i + 1));
            }
            if (names.contains("")) {
                throw MalformedRowException.at(1, "the header has a column without a name", null);
            }
            return names;
        }
    }

    @Override
    public RowWriter write(OutputStream out, List<FileColumn> columns, IntSupplier files) throws IOException {
        return new CsvRowWriter(out, dialect, columns);
    }
}
