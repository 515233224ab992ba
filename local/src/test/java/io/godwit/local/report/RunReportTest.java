package io.godwit.local.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.ErrorInfo;
import io.godwit.core.run.RunId;
import io.godwit.core.run.RunState;
import io.godwit.ops.RunView;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RunReportTest {
    private static final RunId RUN = RunId.of("shop", Runs.BEGUN);

    @Test
    void whatToDoNextDependsOnWhatWasMended() {
        assertThat(report(failed(ErrorCode.SINK_UNREACHABLE), false))
                .contains("What is written is kept. If source or target was mended: godwit retry " + RUN
                        + " (the job as it was planned). If the job file was: godwit run FILE.");
    }

    @Test
    void closedRunCannotBeRetried() {
        assertThat(report(failed(ErrorCode.RUN_CLOSED), false)).doesNotContain("godwit retry");
    }

    @Test
    void notesAreReported() {
        RunView run = Runs.of(RUN, RunState.COMPLETED, null, Runs.BEGUN, "3 rows are left out");

        assertThat(report(run, false)).contains("note: 3 rows are left out");
        assertThat(report(run, true)).contains("\"notes\":[\"3 rows are left out\"]");
    }

    @Test
    void whatRetryHasOvercomeIsNoNote() {
        String failing = "fails, once its sinks are closed: ROW_REFUSED: n<100";
        RunView run = Runs.of(RUN, RunState.COMPLETED, null, Runs.BEGUN, "not split", failing, "not split", failing);

        assertThat(report(run, false)).containsOnlyOnce("not split").doesNotContain("ROW_REFUSED");
    }

    private static RunView failed(ErrorCode code) {
        return Runs.of(RUN, RunState.FAILED, new ErrorInfo(code, "why", "what next"), Runs.BEGUN);
    }

    private static String report(RunView run, boolean json) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        RunReport.print(new Console(out, out, false, json), run);
        return printed.toString(StandardCharsets.UTF_8);
    }
}
