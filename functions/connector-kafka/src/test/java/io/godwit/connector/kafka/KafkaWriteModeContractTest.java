package io.godwit.connector.kafka;

import io.godwit.connector.kit.WriteModeContract;
import java.util.Map;

class KafkaWriteModeContractTest extends WriteModeContract {
    KafkaWriteModeContractTest() {
        super(new KafkaTestedSink(Map.of()));
    }
}
