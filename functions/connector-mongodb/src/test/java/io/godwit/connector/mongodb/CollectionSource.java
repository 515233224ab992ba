package io.godwit.connector.mongodb;

import io.godwit.connector.Source;
import io.godwit.connector.kit.SampleTable;
import io.godwit.connector.kit.TestedSource;
import io.godwit.core.job.Connection;
import io.godwit.core.table.TableName;
import java.util.Map;

/** A database as the contract's source. */
record CollectionSource(Collections collections) implements TestedSource {
    CollectionSource() {
        this(new Collections(Map.of()));
    }

    @Override
    public Connection connection() {
        return collections.connection();
    }

    @Override
    public Source open(Connection connection) {
        return Collections.source(connection);
    }

    @Override
    public TableName tableName(String name) {
        return collections.tableName(name);
    }

    /** It has keys, but neither conditions in SQL nor high-water marks. */
    @Override
    public boolean isDatabase() {
        return false;
    }

    @Override
    public void create(SampleTable sample) {
        collections.create(sample);
    }

    @Override
    public void insert(SampleTable sample) {
        collections.insert(sample);
    }
}
