package io.godwit.connector.sqlite;

import io.godwit.connector.Source;
import io.godwit.connector.kit.SampleTable;
import io.godwit.connector.kit.TestedSource;
import io.godwit.core.job.Connection;
import io.godwit.core.table.TableName;

/** A source from a file. */
record SqliteTestedSource(Connection connection) implements TestedSource {

    @Override
    public Source open(Connection other) {
        return TestFiles.source(other);
    }

    @Override
    public TableName tableName(String name) {
        return new TableName(connection.database(), null, name);
    }

    @Override
    public void create(SampleTable sample) {
        SqliteTables.create(connection.name(), sample);
    }

    @Override
    public void insert(SampleTable sample) {
        SqliteTables.insert(connection.name(), sample);
    }
}
