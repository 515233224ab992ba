package io.godwit.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.local.report.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Ctrl-C stops the server while its own command may still be asking it. */
class EndingTest {
    @Test
    void serverThatWasToldToEndAndIsGoneIsNoError() {
        assertThat(said(true, ErrorCode.FUNCTION_UNREACHABLE)).isEqualTo("Godwit is down.\n");
        assertThat(said(false, ErrorCode.FUNCTION_UNREACHABLE)).startsWith("error FUNCTION_UNREACHABLE");
        assertThat(said(true, ErrorCode.DEFECT)).startsWith("error DEFECT");
    }

    private static String said(boolean ending, ErrorCode code) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        assertThat(Godwit.guarded(new Console(out, out, false, false), () -> ending, () -> {
                    throw new GodwitException(code, "no answer", "");
                }))
                .isEqualTo(1);
        return printed.toString(StandardCharsets.UTF_8);
    }
}
