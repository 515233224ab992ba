package io.godwit.connector.file;

import io.godwit.connector.MalformedRow;
import io.godwit.connector.RowConsumer;
import io.godwit.connector.Source;
import io.godwit.connector.Source.ReadRequest;
import io.godwit.connector.file.format.FieldTexts;
import io.godwit.connector.file.format.FileColumn;
import io.godwit.core.plan.PlannedSplit;
import io.godwit.core.question.SourceQuestions.SplitSource;
import io.godwit.core.row.TupleFields;
import io.godwit.core.table.TableDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All that a table gives: its rows, as texts, where each stands, and those that are malformed. */
record MixedRows(List<List<@Nullable String>> rows, List<String> places, List<MalformedRow> malformed) {

    /** Reads a table in parts of about so many bytes. */
    static MixedRows of(Folder folder, String name, long splitBytes) {
        try (Source source = folder.source()) {
            TableDescription table =
                    source.describe(List.of(folder.tableName(name))).get(0);
            return read(source, table, splits(folder, source, table, splitBytes));
        }
    }

    /** Reads the last part alone, once it has been told that it is about to. */
    static MixedRows ofLastPart(Folder folder, String name, long splitBytes, Runnable told) {
        try (Source source = folder.source()) {
            TableDescription table =
                    source.describe(List.of(folder.tableName(name))).get(0);
            List<PlannedSplit> splits = splits(folder, source, table, splitBytes);
            told.run();
            return read(source, table, splits.subList(splits.size() - 1, splits.size()));
        }
    }

    private static List<PlannedSplit> splits(Folder folder, Source source, TableDescription table, long splitBytes) {
        return source.split(new SplitSource(folder.connection(), table, null, null, splitBytes))
                .splits();
    }

    private static MixedRows read(Source source, TableDescription table, List<PlannedSplit> splits) {
        Gathering gathering = new Gathering(table);
        splits.forEach(split -> source.read(
                new ReadRequest(table, table.columns(), null, split.split(), null, 1 << 20, null), gathering));
        return gathering.mixed;
    }

    private static final class Gathering implements RowConsumer {
        private final MixedRows mixed = new MixedRows(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        private final FieldTexts texts;
        private final TupleFields fields;
        private Supplier<String> place = () -> "unknown";

        Gathering(TableDescription table) {
            texts = new FieldTexts(table.columns().stream()
                    .map(column -> new FileColumn(column.name(), column.type()))
                    .toList());
            fields = new TupleFields(table.columns().size());
        }

        @Override
        public void row(byte[] bytes, int offset, int length) {
            fields.of(bytes, offset, offset + length);
            mixed.rows.add(texts.of(fields));
            mixed.places.add(place.get());
        }

        @Override
        public void placedBy(Supplier<String> places) {
            place = places;
        }

        @Override
        public void malformed(MalformedRow row) {
            mixed.malformed.add(row);
        }
    }
}
