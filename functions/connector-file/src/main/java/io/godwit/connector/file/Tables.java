package io.godwit.connector.file;

import io.godwit.connector.file.store.Paths;
import io.godwit.core.table.TableName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Names of tables and the paths of their files. A table's schema is the folder that it lies in. */
final class Tables {
    private Tables() {}

    /** The folder of a table that is written. */
    static String folder(TableName table) {
        String full = table.schema() == null ? table.name() : table.schema() + "/" + table.name();
        return Paths.check(Arrays.stream(full.split("/", -1)).map(Paths::encode).collect(Collectors.joining("/")));
    }

    /** The table that a folder is. */
    static TableName ofFolder(@Nullable String database, String folder) {
        int slash = folder.lastIndexOf('/');
        return new TableName(
                database,
                slash < 0 ? null : decoded(folder.substring(0, slash)),
                Paths.decode(folder.substring(slash + 1)));
    }

    /** The table that a file is by itself: its name without its ending. */
    static TableName ofFile(@Nullable String database, String path, String ending) {
        return ofFolder(database, path.substring(0, path.length() - ending.length()));
    }

    /** The folders that a file lies in, from the outermost. */
    static List<String> foldersOf(String path) {
        List<String> folders = new ArrayList<>();
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            folders.add(path.substring(0, slash));
        }
        return folders;
    }

    private static String decoded(String folder) {
        return Arrays.stream(folder.split("/", -1)).map(Paths::decode).collect(Collectors.joining("/"));
    }
}
