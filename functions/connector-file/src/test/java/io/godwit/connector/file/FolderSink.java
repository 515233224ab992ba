package io.godwit.connector.file;

import io.godwit.connector.Sink;
import io.godwit.connector.kit.TestedSink;
import io.godwit.core.job.Connection;
import io.godwit.core.job.WriteMode;
import io.godwit.core.table.TableName;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** A folder as the contract's sink. */
public record FolderSink(Folder folder) implements TestedSink {
    static final Set<WriteMode> MODES = EnumSet.of(WriteMode.APPEND, WriteMode.OVERWRITE, WriteMode.SWAP);

    public FolderSink(Map<String, String> options) {
        this(new Folder(options));
    }

    @Override
    public Connection connection() {
        return folder.connection();
    }

    @Override
    public Sink open() {
        return folder.sink();
    }

    @Override
    public Set<WriteMode> modes() {
        return MODES;
    }

    @Override
    public boolean addsColumns() {
        return false;
    }

    @Override
    public TableName tableName(String name) {
        return new TableName(null, null, name);
    }
}
