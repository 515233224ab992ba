package io.godwit.core.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.godwit.core.error.ErrorInfo;
import io.godwit.core.exchange.BatchRange;
import io.godwit.core.exchange.Lane;
import io.godwit.core.plan.Split;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.RunId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The events of Godwit, each with one function that acts on it. The id is a function of what the event says, so that
 * the same event sent twice is the same event. All are small; none holds a row or a secret. Numbers that no function
 * would send are refused with an IllegalArgumentException, which makes the event malformed for whoever receives it.
 */
public sealed interface Event {

    /** The CloudEvents type. */
    @JsonIgnore
    Type type();

    /** The CloudEvents id, unique per source. */
    @JsonIgnore
    String id();

    /** The CloudEvents subject: what the event is about. */
    @JsonIgnore
    String subject();

    /** The pool whose functions act on it; null where pools do not matter. The CloudEvents extension {@code pool}. */
    @JsonIgnore
    default @Nullable String routedTo() {
        return null;
    }

    /** CloudEvents types and the function that acts on each. */
    enum Type {
        RUN_REQUESTED("io.godwit.run.requested", "planner"),
        RUN_CONTROLLED("io.godwit.run.controlled", "planner"),
        TICKED("io.godwit.ticked", "planner"),
        SUBTASK_READ("io.godwit.subtask.read", "reader"),
        ROWS_READY("io.godwit.subtask.rows-ready", "planner"),
        SUBTASK_WRITE("io.godwit.subtask.write", "writer"),
        SUBTASK_WRITTEN("io.godwit.subtask.written", "planner"),
        SUBTASK_FAILED("io.godwit.subtask.failed", "planner"),
        RUN_RECORDED("io.godwit.run.recorded", "ops");

        private final String text;
        private final String function;

        Type(String text, String function) {
            this.text = text;
            this.function = function;
        }

        public String text() {
            return text;
        }

        /** Which function acts on it: planner, reader, writer or ops. */
        public String function() {
            return function;
        }
    }

    /** Run this job for this plan time. Asked for twice, it is one run. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RunRequested(String job, Instant planTime, Map<String, String> parameters) implements Event {
        @SuppressWarnings("NullAway") // absent in JSON
        public RunRequested {
            parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
        }

        @Override
        public Type type() {
            return Type.RUN_REQUESTED;
        }

        @Override
        public String id() {
            return subject() + "/requested";
        }

        @Override
        public String subject() {
            return RunId.of(job, planTime).value();
        }
    }

    /** Somebody pauses, resumes, cancels or retries a run. */
    record RunControlled(RunId run, Action action, Instant at) implements Event {
        /** What to do with it. */
        public enum Action {
            PAUSE,
            RESUME,
            CANCEL,
            RETRY
        }

        @Override
        public Type type() {
            return Type.RUN_CONTROLLED;
        }

        @Override
        public String id() {
            return run + "/" + action.name().toLowerCase(java.util.Locale.ROOT) + "/" + at;
        }

        @Override
        public String subject() {
            return run.value();
        }
    }

    /** Time has passed: create what is due, sweep what has lapsed. */
    record Ticked(Instant at) implements Event {
        @Override
        public Type type() {
            return Type.TICKED;
        }

        @Override
        public String id() {
            return "tick/" + at;
        }

        @Override
        public String subject() {
            return "tick";
        }
    }

    /**
     * Read this split into this lane.
     *
     * @param tablePlan the id of its document
     * @param dispatch how often the subtask has been given to readers, from 1
     */
    record SubtaskRead(SubtaskId subtask, String tablePlan, String pool, Split split, Lane lane, int dispatch)
            implements Event {
        public SubtaskRead {
            Bounds.lane(lane);
            Bounds.dispatch(dispatch);
        }

        @Override
        public Type type() {
            return Type.SUBTASK_READ;
        }

        @Override
        public String id() {
            return subtask + "/read/" + dispatch;
        }

        @Override
        public String subject() {
            return subtask.value();
        }

        @Override
        public String routedTo() {
            return pool;
        }
    }

    /**
     * The split was read whole, and its rows wait in the exchange.
     *
     * @param read what was read and not filtered
     * @param millis how long reading took
     * @param filtered how many rows were read besides, and left out by the plan's filter
     */
    record RowsReady(SubtaskId subtask, AttemptId attempt, BatchRange range, Tally read, long millis, long filtered)
            implements Event {
        public RowsReady {
            Bounds.rows(range, read);
            Bounds.count(millis, "millis");
            Bounds.count(filtered, "rows filtered");
        }

        /** Where no row was left out. */
        public RowsReady(SubtaskId subtask, AttemptId attempt, BatchRange range, Tally read, long millis) {
            this(subtask, attempt, range, read, millis, 0);
        }

        @Override
        public Type type() {
            return Type.ROWS_READY;
        }

        @Override
        public String id() {
            return subtask + "/ready/" + attempt;
        }

        @Override
        public String subject() {
            return subtask.value();
        }
    }

    /**
     * Write these rows, exactly once.
     *
     * @param tablePlan the id of its document
     * @param read what the rows in the range must prove to be
     * @param dispatch how often the subtask has been given to writers, from 1
     * @param readAs the subtask under whose id the rows were read, where they were read once for several targets; null:
     *     this one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SubtaskWrite(
            SubtaskId subtask,
            String tablePlan,
            String pool,
            AttemptId attempt,
            BatchRange range,
            Tally read,
            int dispatch,
            @Nullable SubtaskId readAs)
            implements Event {
        public SubtaskWrite {
            Bounds.rows(range, read);
            Bounds.dispatch(dispatch);
        }

        /** Of rows that were read for this subtask alone. */
        public SubtaskWrite(
                SubtaskId subtask,
                String tablePlan,
                String pool,
                AttemptId attempt,
                BatchRange range,
                Tally read,
                int dispatch) {
            this(subtask, tablePlan, pool, attempt, range, read, dispatch, null);
        }

        /** The subtask whose id the batches carry. */
        public SubtaskId reader() {
            return readAs == null ? subtask : readAs;
        }

        @Override
        public Type type() {
            return Type.SUBTASK_WRITE;
        }

        @Override
        public String id() {
            return subtask + "/write/" + dispatch;
        }

        @Override
        public String subject() {
            return subtask.value();
        }

        @Override
        public String routedTo() {
            return pool;
        }
    }

    /**
     * The ledger holds the subtask: written now, or found written before.
     *
     * @param attempt the attempt whose rows were written
     * @param written what the ledger says was written, quarantined rows not counted
     * @param quarantined what the ledger says was quarantined
     * @param millis how long writing took; 0 where it was found written
     */
    record SubtaskWritten(SubtaskId subtask, AttemptId attempt, Tally written, Tally quarantined, long millis)
            implements Event {
        public SubtaskWritten {
            Bounds.tally(written, "written");
            Bounds.tally(quarantined, "quarantined");
            Bounds.count(millis, "millis");
        }

        @Override
        public Type type() {
            return Type.SUBTASK_WRITTEN;
        }

        @Override
        public String id() {
            return subtask + "/written/" + attempt;
        }

        @Override
        public String subject() {
            return subtask.value();
        }
    }

    /**
     * A reader or a writer gave up on a subtask, having changed nothing.
     *
     * @param attempt whose rows could not be written; null where reading failed
     * @param dispatch of the event that led here
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SubtaskFailed(
            SubtaskId subtask, Phase phase, @Nullable AttemptId attempt, int dispatch, ErrorInfo error)
            implements Event {
        public SubtaskFailed {
            Bounds.dispatch(dispatch);
        }

        /** What was being done. */
        public enum Phase {
            READ,
            WRITE
        }

        @Override
        public Type type() {
            return Type.SUBTASK_FAILED;
        }

        @Override
        public String id() {
            return subtask + "/failed/" + phase.name().toLowerCase(java.util.Locale.ROOT) + "/" + dispatch + "/"
                    + error.code();
        }

        @Override
        public String subject() {
            return subtask.value();
        }
    }

    /**
     * Something happened in a run, as the planner recorded it.
     *
     * @param sequence from 1 within the run, without gaps: whoever folds can tell what is missing
     */
    record RunRecorded(RunId run, long sequence, Instant at, Fact fact) implements Event {
        @Override
        public Type type() {
            return Type.RUN_RECORDED;
        }

        @Override
        public String id() {
            return run + "/" + sequence;
        }

        @Override
        public String subject() {
            return run.value();
        }
    }
}
