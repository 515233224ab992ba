package io.godwit.connector.kafka;

import io.godwit.connector.Source;
import io.godwit.connector.kit.SampleTable;
import io.godwit.connector.kit.TestedSource;
import io.godwit.core.job.Connection;
import io.godwit.core.table.TableName;
import java.util.Map;

/** Topics of JSON as the contract's source. */
record KafkaTestedSource() implements TestedSource {

    @Override
    public Connection connection() {
        return KafkaServer.connection(Map.of());
    }

    @Override
    public Source open(Connection connection) {
        return KafkaServer.source(connection);
    }

    @Override
    public TableName tableName(String name) {
        return new TableName("kafka", null, name);
    }

    /** It has no keys, no conditions, and no largest value of a column. */
    @Override
    public boolean isDatabase() {
        return false;
    }

    @Override
    public String found(int row, String key) {
        return "offset " + row;
    }

    @Override
    public void create(SampleTable sample) {
        KafkaServer.create(sample);
    }

    @Override
    public void insert(SampleTable sample) {
        KafkaServer.insert(sample);
    }
}
