package io.godwit.connector.kafka;

import io.godwit.connector.Sink;
import io.godwit.connector.kit.QuarantineContract;
import io.godwit.connector.kit.TestedSink;
import io.godwit.core.job.Connection;
import io.godwit.core.job.WriteMode;
import io.godwit.core.table.TableName;
import java.util.Map;
import java.util.Set;

class KafkaQuarantineContractTest extends QuarantineContract {
    KafkaQuarantineContractTest() {
        super(new SmallTopics());
    }

    /** A topic has no constraints, but a limit for messages. */
    @Override
    protected String unfit(long id) {
        return "x".repeat(1000);
    }

    /** Topics that take no message of more than 512 bytes. */
    private record SmallTopics() implements TestedSink {
        @Override
        public Connection connection() {
            return KafkaServer.connection(Map.of("compression", "none"));
        }

        @Override
        public Sink open() {
            return KafkaServer.sink(connection());
        }

        @Override
        public Set<WriteMode> modes() {
            return KafkaTestedSink.MODES;
        }

        @Override
        public boolean addsColumns() {
            return false;
        }

        @Override
        public TableName tableName(String name) {
            KafkaServer.createTopic(name, 3, Map.of("max.message.bytes", "512"));
            return new TableName(null, null, name);
        }
    }
}
