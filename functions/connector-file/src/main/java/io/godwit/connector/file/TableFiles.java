package io.godwit.connector.file;

import io.godwit.connector.file.format.FileColumn;
import io.godwit.connector.file.store.StoredFile;
import io.godwit.core.table.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files that are a table.
 *
 * @param folder whose files they are; null where the table is one file
 * @param files in the order of their paths; of a table that Godwit wrote, in that of its manifest
 * @param declared the columns, where a manifest or a schema says them; null: they are guessed
 * @param ours whether Godwit wrote them
 */
record TableFiles(
        TableName name,
        @Nullable String folder,
        List<StoredFile> files,
        @Nullable List<FileColumn> declared,
        boolean ours) {
    TableFiles {
        files = List.copyOf(files);
        declared = declared == null ? null : List.copyOf(declared);
    }

    long bytes() {
        return files.stream().mapToLong(StoredFile::bytes).sum();
    }
}
