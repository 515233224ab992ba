package io.godwit.ops;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.godwit.core.error.ErrorInfo;
import io.godwit.core.run.RunId;
import io.godwit.core.run.RunState;
import io.godwit.core.run.Tally;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run as people see it.
 *
 * @param factsMissing how many facts are known to exist and have not arrived
 * @param deadLetters how many events of the run no function would take, as far as they are kept
 * @param tables empty in lists of runs
 * @param replays the run whose quarantined rows it replays; null: it is no replay
 * @param replayed how many of its quarantined rows its replays have written, or left out by a filter, since
 * @param notes what was decided and why, the first {@value #MOST_NOTES}; empty in lists of runs
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunView(
        RunId run,
        String job,
        @Nullable Instant planTime,
        RunState state,
        @Nullable ErrorInfo error,
        Instant firstAt,
        Instant lastAt,
        @Nullable Instant endedAt,
        long factsMissing,
        int deadLetters,
        TableView total,
        List<TableView> tables,
        @Nullable RunId replays,
        long replayed,
        List<String> notes) {
    /** So many notes at most are shown of a run; its facts hold all. */
    public static final int MOST_NOTES = 20;

    public RunView {
        notes = List.copyOf(notes);
        tables = List.copyOf(tables);
    }

    /** Quarantined rows that are not replayed. */
    @JsonIgnore
    public long openRows() {
        return total.quarantined().rows() - replayed;
    }

    /**
     * One table plan, or the sum of all.
     *
     * @param estimatedRows the source's estimate, -1 where unknown
     * @param readMillis time spent reading, summed over subtasks
     * @param seconds from the first to the last thing that happened to it
     * @param filtered how many rows readers left out by the plan's filter; they are not among those in {@code read}
     */
    public record TableView(
            String source,
            String target,
            int subtasks,
            int subtasksRead,
            int subtasksWritten,
            long estimatedRows,
            long estimatedBytes,
            Tally read,
            Tally written,
            Tally quarantined,
            long readMillis,
            long writeMillis,
            double seconds,
            long filtered) {

        /** Whether every row that was read is accounted for. */
        public boolean proven() {
            return subtasks == subtasksWritten && written.plus(quarantined).provesEqual(read);
        }
    }
}
