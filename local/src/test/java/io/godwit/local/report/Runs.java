package io.godwit.local.report;

import io.godwit.core.error.ErrorInfo;
import io.godwit.core.run.RunId;
import io.godwit.core.run.RunState;
import io.godwit.core.run.Tally;
import io.godwit.ops.RunView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs as the history answers them. */
public final class Runs {
    public static final Instant BEGUN = Instant.parse("2026-11-22T02:00:00Z");

    private Runs() {}

    public static RunView of(
            RunId run, RunState state, @Nullable ErrorInfo error, @Nullable Instant endedAt, String... notes) {
        RunView.TableView total =
                new RunView.TableView("", "", 0, 0, 0, 0, 0, Tally.ZERO, Tally.ZERO, Tally.ZERO, 0, 0, 0, 0);
        return new RunView(
                run,
                "shop",
                BEGUN,
                state,
                error,
                BEGUN,
                BEGUN,
                endedAt,
                0,
                0,
                total,
                List.of(),
                null,
                0,
                List.of(notes));
    }
}
