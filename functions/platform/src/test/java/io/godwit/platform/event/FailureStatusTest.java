package io.godwit.platform.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import org.junit.jupiter.api.Test;

class FailureStatusTest {

    @Test
    void transientFailureIsSentAgainALittleLater() {
        FailureStatus status = FailureStatus.of(wrapped(ErrorCode.CONTROL_STORE_UNREACHABLE));

        assertThat(status.status()).isEqualTo(503);
        assertThat(status.retryAfterSeconds()).isPositive();
    }

    @Test
    void malformedEventIsNot() {
        assertThat(FailureStatus.of(wrapped(ErrorCode.EVENT_MALFORMED)).status())
                .isEqualTo(422);
        assertThat(FailureStatus.of(new RuntimeException(new JsonParseException("?")))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void everythingElseIsADefect() {
        assertThat(FailureStatus.of(new IllegalStateException()).status()).isEqualTo(500);
        assertThat(FailureStatus.of(wrapped(ErrorCode.DEFECT)).status()).isEqualTo(500);
        assertThat(FailureStatus.of(null).status()).isEqualTo(500);
    }

    private static RuntimeException wrapped(ErrorCode code) {
        return new RuntimeException("as a framework does", new GodwitException(code, "what", "remedy"));
    }
}
