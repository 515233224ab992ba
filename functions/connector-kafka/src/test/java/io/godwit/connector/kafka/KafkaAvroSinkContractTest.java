package io.godwit.connector.kafka;

import io.godwit.connector.kit.SinkContract;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;

class KafkaAvroSinkContractTest extends SinkContract {
    KafkaAvroSinkContractTest() {
        super(new KafkaTestedSink(RegistryServer.options(Map.of())));
    }

    @BeforeAll
    static void start() {
        RegistryServer.await();
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
