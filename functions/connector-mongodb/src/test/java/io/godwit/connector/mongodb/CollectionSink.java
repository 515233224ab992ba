package io.godwit.connector.mongodb;

import io.godwit.connector.Sink;
import io.godwit.connector.kit.TestedSink;
import io.godwit.core.job.Connection;
import io.godwit.core.table.TableName;
import java.util.Map;

/** A database as the contract's sink. */
record CollectionSink(Collections collections) implements TestedSink {
    CollectionSink() {
        this(new Collections(Map.of()));
    }

    @Override
    public Connection connection() {
        return collections.connection();
    }

    @Override
    public Sink open() {
        return Collections.sink(connection());
    }

    @Override
    public TableName tableName(String name) {
        return new TableName(null, null, name);
    }
}
