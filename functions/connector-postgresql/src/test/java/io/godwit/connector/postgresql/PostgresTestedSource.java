package io.godwit.connector.postgresql;

import io.godwit.connector.Source;
import io.godwit.connector.kit.SampleTable;
import io.godwit.connector.kit.TestedSource;
import io.godwit.core.job.Connection;
import io.godwit.core.table.TableName;

/** A source from a database of the test server. */
record PostgresTestedSource(Connection connection) implements TestedSource {

    @Override
    public Source open(Connection other) {
        return new PostgresSource(other, PostgresServer.secrets());
    }

    @Override
    public TableName tableName(String name) {
        return new TableName(connection.database(), "kit", name);
    }

    @Override
    public void create(SampleTable sample) {
        PostgresTables.create(connection.database(), sample);
    }

    @Override
    public void insert(SampleTable sample) {
        PostgresTables.insert(connection.database(), sample);
    }
}
