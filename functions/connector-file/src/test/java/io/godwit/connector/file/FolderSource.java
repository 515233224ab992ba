package io.godwit.connector.file;

import io.godwit.connector.Source;
import io.godwit.connector.kit.SampleTable;
import io.godwit.connector.kit.TestedSource;
import io.godwit.core.job.Connection;
import io.godwit.core.table.TableName;
import java.util.Map;

/** A folder as the contract's source. */
public record FolderSource(Folder folder) implements TestedSource {
    public FolderSource() {
        this(new Folder(Map.of()));
    }

    @Override
    public Connection connection() {
        return folder.connection();
    }

    @Override
    public Source open(Connection other) {
        return folder.connector().source(other, Folder.means());
    }

    @Override
    public TableName tableName(String name) {
        return folder.tableName(name);
    }

    @Override
    public boolean isDatabase() {
        return false;
    }

    /** After the header, lines count from 1. */
    @Override
    public String found(int row, String key) {
        return "line " + (row + 2);
    }

    @Override
    public void create(SampleTable sample) {
        folder.create(sample);
    }

    @Override
    public void insert(SampleTable sample) {
        folder.insert(sample);
    }
}
