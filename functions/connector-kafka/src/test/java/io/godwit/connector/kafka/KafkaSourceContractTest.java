package io.godwit.connector.kafka;

import io.godwit.connector.kit.SourceContract;
import java.util.List;

class KafkaSourceContractTest extends SourceContract {
    KafkaSourceContractTest() {
        super(new KafkaTestedSource());
    }

    /** A message is at most 1 MiB; its columns, in {@code godwit-columns}, too. */
    @Override
    protected int mostColumns() {
        return 1600;
    }

    /** Topics have these letters only. */
    @Override
    protected List<String> hostileNames() {
        return List.of("Mixed.Case", "dot.dot", "-", "0", "select", "n".repeat(249));
    }

    @Override
    protected boolean holdsSnapshots() {
        return false;
    }
}
