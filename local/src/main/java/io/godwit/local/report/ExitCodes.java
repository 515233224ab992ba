package io.godwit.local.report;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.ErrorKind;
import io.godwit.core.run.RunState;
import io.godwit.ops.RunView;
import io.godwit.ops.RunView.TableView;

/**
 * 0 done; 1 failed; 2 the file or the command line is wrong; 3 differences; 4 done with quarantined rows that are not
 * replayed.
 */
public final class ExitCodes {
    private ExitCodes() {}

    /** Of an error that kept a command from doing its work. An endpoint that nobody answers at is wrong input too. */
    public static int of(ErrorCode code) {
        return switch (code) {
            case SOURCE_UNREACHABLE, SOURCE_LOGIN_REFUSED, SINK_UNREACHABLE, SINK_LOGIN_REFUSED -> 2;
            default -> code.kind() == ErrorKind.USER ? 2 : 1;
        };
    }

    /** Of a run. One that failed before anything was planned failed for what it was given. */
    public static int of(RunView run) {
        if (run.state() != RunState.COMPLETED) {
            return run.error() != null && run.tables().isEmpty()
                    ? of(run.error().code())
                    : 1;
        }
        if (!run.tables().stream().allMatch(TableView::proven)) {
            return 3;
        }
        return run.openRows() > 0 ? 4 : 0;
    }
}
