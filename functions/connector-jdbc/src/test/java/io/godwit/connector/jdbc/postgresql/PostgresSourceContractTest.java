package io.godwit.connector.jdbc.postgresql;

import io.godwit.connector.Source;
import io.godwit.connector.kit.SampleTable;
import io.godwit.connector.kit.SourceContract;
import io.godwit.core.job.Connection;
import io.godwit.core.table.TableName;

class PostgresSourceContractTest extends SourceContract {
    private static final Connection CONNECTION = PostgresServer.connection("source_contract");

    @Override
    protected Connection connection() {
        return CONNECTION;
    }

    @Override
    protected Source open(Connection connection) {
        return new PostgresSource(connection, PostgresServer.secrets());
    }

    @Override
    protected TableName tableName(String name) {
        return new TableName(CONNECTION.database(), "kit", name);
    }

    @Override
    protected void create(SampleTable sample) {
        PostgresTables.create(CONNECTION.database(), sample);
    }

    @Override
    protected void insert(SampleTable sample) {
        PostgresTables.insert(CONNECTION.database(), sample);
    }

    @Override
    protected int mostColumns() {
        return 1600;
    }
}
