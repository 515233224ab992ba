package io.godwit.connector.mysql;

import io.godwit.connector.Sink;
import io.godwit.connector.kit.TestedSink;
import io.godwit.core.job.Connection;
import io.godwit.core.table.TableName;

/** A sink into a database of the test server. */
record MySqlTestedSink(Connection connection) implements TestedSink {

    @Override
    public Sink open() {
        return new MySqlSink(connection, MySqlServer.secrets());
    }

    @Override
    public TableName tableName(String name) {
        return new TableName(null, null, name);
    }
}
