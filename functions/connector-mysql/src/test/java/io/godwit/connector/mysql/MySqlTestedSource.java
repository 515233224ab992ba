package io.godwit.connector.mysql;

import io.godwit.connector.Source;
import io.godwit.connector.kit.SampleTable;
import io.godwit.connector.kit.TestedSource;
import io.godwit.core.job.Connection;
import io.godwit.core.table.TableName;

/** A source from a database of the test server. */
record MySqlTestedSource(Connection connection) implements TestedSource {

    @Override
    public Source open(Connection other) {
        return new MySqlSource(other, MySqlServer.secrets());
    }

    @Override
    public TableName tableName(String name) {
        return new TableName(connection.database(), null, name);
    }

    @Override
    public void create(SampleTable sample) {
        MySqlTables.create(connection.database(), sample);
    }

    @Override
    public void insert(SampleTable sample) {
        MySqlTables.insert(connection.database(), sample);
    }
}
