package io.godwit.connector.kafka;

import io.godwit.connector.Sink;
import io.godwit.connector.kit.TestedSink;
import io.godwit.core.job.Connection;
import io.godwit.core.job.WriteMode;
import io.godwit.core.table.TableName;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Topics as the contract's sink. */
record KafkaTestedSink(Map<String, String> options) implements TestedSink {
    /** A topic keeps every message. */
    static final Set<WriteMode> MODES = EnumSet.of(WriteMode.APPEND);

    @Override
    public Connection connection() {
        Map<String, String> all = new HashMap<>(options);
        all.put("partitions", "3");
        return KafkaServer.connection(all);
    }

    @Override
    public Sink open() {
        return KafkaServer.sink(connection());
    }

    @Override
    public Set<WriteMode> modes() {
        return MODES;
    }

    /** Whoever reads a topic counts on its columns. */
    @Override
    public boolean addsColumns() {
        return false;
    }

    @Override
    public TableName tableName(String name) {
        return new TableName(null, null, options.getOrDefault("format", "json") + "-" + name);
    }
}
