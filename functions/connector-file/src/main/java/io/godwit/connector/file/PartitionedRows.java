package io.godwit.connector.file;

import io.godwit.connector.file.format.FileColumn;
import io.godwit.connector.file.store.UnfitFilesException;
import io.godwit.connector.json.FieldText;
import io.godwit.core.row.TupleFields;
import io.godwit.core.type.codec.FieldWriter;
import java.util.ArrayList;
import java.util.List;

/** Takes rows apart: into the folder that some of their columns name, and the fields that the file there holds. */
final class PartitionedRows {
    private final List<FileColumn> columns;
    private final List<FileColumn> inFile;
    private final int[] places;
    private final FieldText[] texts;
    private final boolean[] named;
    private final FieldWriter tuple = new FieldWriter();
    private final TupleFields rest;

    /** @param partitions names of columns, in the order of their folders; each is one */
    PartitionedRows(List<FileColumn> columns, List<String> partitions) {
        this.columns = columns;
        this.places = new int[partitions.size()];
        this.texts = new FieldText[partitions.size()];
        this.named = new boolean[columns.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = columns.stream().map(FileColumn::name).toList().indexOf(partitions.get(i));
            texts[i] = FieldText.of(columns.get(places[i]).type());
            named[places[i]] = true;
        }
        this.inFile = new ArrayList<>();
        for (int i = 0; i < named.length; i++) {
            if (!named[i]) {
                inFile.add(columns.get(i));
            }
        }
        this.rest = new TupleFields(inFile.size());
    }

    List<FileColumn> inFile() {
        return inFile;
    }

    /** Below the table's folder, with a slash at its end; empty where there are no partitions. */
    String folder(TupleFields row) throws UnfitFilesException {
        StringBuilder folder = new StringBuilder();
        for (int i = 0; i < places.length; i++) {
            int place = places[i];
            String value = row.isNull(place) ? null : texts[i].of(row.bytes(), row.offset(place), row.length(place));
            folder.append(Partitions.folder(columns.get(place).name(), value)).append('/');
        }
        return folder.toString();
    }

    /** The row's fields that stand in the file, until the next call. */
    TupleFields rest(TupleFields row) {
        if (places.length == 0) {
            return row;
        }
        tuple.clear();
        tuple.int2(inFile.size());
        for (int i = 0; i < named.length; i++) {
            if (!named[i]) {
                tuple.bytes(row.bytes(), row.offset(i) - Integer.BYTES, Integer.BYTES + Math.max(row.length(i), 0));
            }
        }
        rest.of(tuple.array(), 0, tuple.length());
        return rest;
    }
}
