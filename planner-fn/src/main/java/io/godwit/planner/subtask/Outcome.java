package io.godwit.planner.subtask;

import io.godwit.core.error.ErrorInfo;
import io.godwit.core.event.Fact;
import java.time.Duration;

/** What an event or the clock makes of a subtask. */
public sealed interface Outcome {

    /** The subtask as it stands after. */
    default Subtask of(Subtask before) {
        return before;
    }

    /** Nothing: the event says what is known, or what no longer matters. */
    record Stale(String why) implements Outcome {}

    /**
     * Another state.
     *
     * @param delay how long it must not be dispatched
     */
    record Changed(Subtask next, Duration delay, Fact fact) implements Outcome {
        @Override
        public Subtask of(Subtask before) {
            return next;
        }

        Changed(Subtask next, Fact fact) {
            this(next, Duration.ZERO, fact);
        }
    }

    /** Another state, and the run fails with the error. */
    record FailsRun(Subtask next, Fact fact, ErrorInfo error) implements Outcome {
        @Override
        public Subtask of(Subtask before) {
            return next;
        }
    }

    /** Another state: it is too large, and to be replaced by parts of it. */
    record TooLarge(Subtask next, Fact fact, ErrorInfo error) implements Outcome {
        @Override
        public Subtask of(Subtask before) {
            return next;
        }
    }

    /** An event says of the sink what the planner did not expect of it: the sink's ledger must be asked. */
    record AsksLedger(ErrorInfo error) implements Outcome {}
}
