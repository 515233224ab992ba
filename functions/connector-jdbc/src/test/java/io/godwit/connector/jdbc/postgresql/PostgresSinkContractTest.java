package io.godwit.connector.jdbc.postgresql;

import io.godwit.connector.Sink;
import io.godwit.connector.kit.SinkContract;
import io.godwit.core.job.Connection;
import io.godwit.core.table.TableName;

class PostgresSinkContractTest extends SinkContract {
    private static final Connection CONNECTION = PostgresServer.connection("sink_contract");

    @Override
    protected Connection connection() {
        return CONNECTION;
    }

    @Override
    protected Sink open() {
        return new PostgresSink(CONNECTION, PostgresServer.secrets());
    }

    @Override
    protected TableName tableName(String name) {
        return new TableName(null, "kit", name);
    }

    @Override
    protected void crash() {
        PostgresServer.crash();
    }
}
