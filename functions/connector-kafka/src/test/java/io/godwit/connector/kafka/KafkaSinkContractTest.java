package io.godwit.connector.kafka;

import io.godwit.connector.kit.SinkContract;
import java.util.Map;

class KafkaSinkContractTest extends SinkContract {
    KafkaSinkContractTest() {
        super(new KafkaTestedSink(Map.of()));
    }

    @Override
    protected void crash() {
        KafkaServer.crash();
    }

    /** The broker remembers an open transaction, and its producer goes on with it. */
    @Override
    protected boolean transactionsOutliveACrash() {
        return true;
    }
}
