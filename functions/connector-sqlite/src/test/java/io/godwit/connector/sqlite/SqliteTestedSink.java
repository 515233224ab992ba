package io.godwit.connector.sqlite;

import io.godwit.connector.Sink;
import io.godwit.connector.kit.TestedSink;
import io.godwit.core.job.Connection;
import io.godwit.core.table.TableName;

/** A sink into a file. */
record SqliteTestedSink(Connection connection) implements TestedSink {

    @Override
    public Sink open() {
        return TestFiles.sink(connection);
    }

    @Override
    public TableName tableName(String name) {
        return new TableName(null, null, name);
    }
}
