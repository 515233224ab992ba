package io.godwit.core.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.godwit.core.error.ErrorInfo;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.RunId;
import io.godwit.core.run.RunState;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the planner records of a run, in the order in which it happened. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Fact.StateChanged.class, name = "state-changed"),
    @JsonSubTypes.Type(value = Fact.TablePlanned.class, name = "table-planned"),
    @JsonSubTypes.Type(value = Fact.SubtaskWasRead.class, name = "subtask-read"),
    @JsonSubTypes.Type(value = Fact.SubtaskWasWritten.class, name = "subtask-written"),
    @JsonSubTypes.Type(value = Fact.SubtaskTriedAgain.class, name = "subtask-tried-again"),
    @JsonSubTypes.Type(value = Fact.SubtaskWasSplit.class, name = "subtask-split"),
    @JsonSubTypes.Type(value = Fact.Replays.class, name = "replays"),
    @JsonSubTypes.Type(value = Fact.Noted.class, name = "noted")
})
public sealed interface Fact {

    /** The run is in another state; the error says why where it failed. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StateChanged(
            String job,
            Instant planTime,
            RunState state,
            @Nullable ErrorInfo error) implements Fact {}

    /** A table plan was stored. Estimates are -1 where unknown. Names are for people. */
    record TablePlanned(
            String step, int table, String source, String target, int subtasks, long estimatedRows, long estimatedBytes)
            implements Fact {}

    /** A subtask's rows wait in the exchange; those that the plan's filter left out are counted besides. */
    record SubtaskWasRead(SubtaskId subtask, AttemptId attempt, Tally read, long millis, long filtered)
            implements Fact {
        public SubtaskWasRead {
            Bounds.tally(read, "read");
            Bounds.count(millis, "millis");
            Bounds.count(filtered, "rows filtered");
        }

        /** Where no row was left out. */
        public SubtaskWasRead(SubtaskId subtask, AttemptId attempt, Tally read, long millis) {
            this(subtask, attempt, read, millis, 0);
        }
    }

    /** A subtask is in the ledger. */
    record SubtaskWasWritten(SubtaskId subtask, AttemptId attempt, Tally written, Tally quarantined, long millis)
            implements Fact {
        public SubtaskWasWritten {
            Bounds.tally(written, "written");
            Bounds.tally(quarantined, "quarantined");
            Bounds.count(millis, "millis");
        }
    }

    /** A subtask did not end and is dispatched again, or is given up where the run has failed. */
    record SubtaskTriedAgain(SubtaskId subtask, String phase, int dispatch, ErrorInfo error) implements Fact {}

    /** A subtask was too large, and is void: so many others took its place. */
    record SubtaskWasSplit(SubtaskId subtask, int parts) implements Fact {}

    /** The run replays quarantined rows of another one. */
    record Replays(RunId of) implements Fact {}

    /** A line for people: what was decided and why. */
    record Noted(String text) implements Fact {}
}
