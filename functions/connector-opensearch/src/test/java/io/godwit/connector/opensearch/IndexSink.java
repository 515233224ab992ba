package io.godwit.connector.opensearch;

import io.godwit.connector.Sink;
import io.godwit.connector.kit.TestedSink;
import io.godwit.core.job.Connection;
import io.godwit.core.job.WriteMode;
import io.godwit.core.table.TableName;
import java.util.EnumSet;
import java.util.Set;

/** Indices as the contract's sink. */
record IndexSink(Connection connection) implements TestedSink {
    IndexSink() {
        this(OpenSearchServer.connection("kit-"));
    }

    @Override
    public Sink open() {
        return OpenSearchServer.sink(connection);
    }

    @Override
    public Set<WriteMode> modes() {
        return EnumSet.of(WriteMode.APPEND, WriteMode.OVERWRITE, WriteMode.SWAP);
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
