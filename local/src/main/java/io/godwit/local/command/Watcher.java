package io.godwit.local.command;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.run.RunId;
import io.godwit.core.run.RunState;
import io.godwit.local.report.Progress;
import io.godwit.local.report.RunReport;
import io.godwit.ops.RunView;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Follows a run until it ends, and reports. */
final class Watcher {
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** Of a server that many ask. */
    private static final Duration PAUSE_ELSEWHERE = Duration.ofSeconds(1);

    /** Facts reach the history a moment after the run ended; longer than this they are lost, and the report says so. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Its first event may wait for an instance to start, or for a broker to try again. */
    private static final Duration UNHEARD = Duration.ofMinutes(3);

    private final Session session;

    Watcher(Session session) {
        this.session = session;
    }

    int watch(RunId run) {
        return watch(run, null);
    }

    /**
     * Follows a run that was set going again. The history hears of that a moment later, and until then it says how the
     * run ended before.
     *
     * @param endedBefore when it had ended before; null: it had not
     */
    int watch(RunId run, @Nullable Instant endedBefore) {
        Progress progress = new Progress(session.console());
        long endedNanos = 0;
        long unheardNanos = System.nanoTime();
        while (true) {
            RunView view = find(run, unheardNanos);
            if (view != null && !isOf(endedBefore, view)) {
                boolean ended = view.state().isEnded();
                if (ended && endedNanos == 0) {
                    endedNanos = System.nanoTime();
                }
                if (ended && (settled(view) || System.nanoTime() - endedNanos > PATIENCE.toNanos())) {
                    return report(view);
                }
                progress.show(view);
            }
            LockSupport.parkNanos((session.api().isRemote() ? PAUSE_ELSEWHERE : PAUSE).toNanos());
        }
    }

    /** What the history says of a run now; null where it has not heard of it. */
    @Nullable
    RunView look(RunId run) {
        try {
            return session.api().get("/runs/" + Api.word(run.value()), RunView.class);
        } catch (GodwitException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    private static boolean isOf(@Nullable Instant endedBefore, RunView view) {
        return endedBefore != null && view.endedAt() != null && !view.endedAt().isAfter(endedBefore);
    }

    private int report(RunView view) {
        if (view.factsMissing() > 0) {
            session.console()
                    .note("warning: " + view.factsMissing() + " facts of this run have not arrived; the table"
                            + " below is not complete");
        }
        return RunReport.print(session.console(), view);
    }

    private static boolean settled(RunView view) {
        return view.factsMissing() == 0
                && (view.state() != RunState.COMPLETED
                        || view.total().subtasksWritten() == view.total().subtasks());
    }

    /** Null while the history has not heard of it, which it soon has of every run that there is. */
    private @Nullable RunView find(RunId run, long sinceNanos) {
        try {
            return session.api().get("/runs/" + Api.word(run.value()), RunView.class);
        } catch (GodwitException e) {
            if (e.code() == ErrorCode.NOT_FOUND && System.nanoTime() - sinceNanos < UNHEARD.toNanos()) {
                return null;
            }
            throw e;
        }
    }
}
