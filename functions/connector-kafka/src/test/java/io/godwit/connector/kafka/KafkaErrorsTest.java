package io.godwit.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.core.error.ErrorCode;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KafkaErrorsTest {
    private final KafkaErrors errors = new KafkaErrors(false, KafkaServer.connection(Map.of()));

    static Exception[] passing() {
        // What a producer throws from its next send, once a batch of its could not be delivered in time.
        Exception abortable = new TransactionAbortableException("batch expired", new TimeoutException("30 s"));
        return new Exception[] {
            abortable,
            new KafkaException("Cannot execute transactional method", abortable),
            new TimeoutException("30 s"),
            new InvalidTxnStateException("in another state"),
            new OutOfOrderSequenceException("a batch is missing"),
            new KafkaException("Cannot execute transactional method", new TimeoutException("30 s")),
        };
    }

    @ParameterizedTest
    @MethodSource("passing")
    void whatPassesIsTriedAgain(Exception failure) {
        assertThat(errors.of(failure, "writing t").code()).isEqualTo(ErrorCode.SINK_INTERRUPTED);
    }

    @Test
    void whatABrokerRefusesForGoodIsNot() {
        assertThat(errors.of(new PolicyViolationException("no"), "writing t").code())
                .isEqualTo(ErrorCode.SINK_REFUSED);
    }
}
