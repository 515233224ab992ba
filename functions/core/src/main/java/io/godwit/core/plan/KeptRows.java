package io.godwit.core.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.run.RowForm;
import io.godwit.core.run.SubtaskId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a quarantine that one subtask of a replay takes: an immutable document. The subtask's reader reads these,
 * and its writer marks these as replayed in the transaction that writes the subtask; neither does anything where one of
 * them is not open.
 *
 * @param of the subtask whose rows they were when they were refused
 * @param rows their ids in the sink's quarantine, increasing
 * @param form in which all of them were kept; null: not known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KeptRows(
        SubtaskId of, List<Long> rows, @Nullable RowForm form) {
    /** The kind of "table" that a replay reads. */
    static final String KIND = "quarantine";

    private static final String STORED = "godwit:target:";

    public KeptRows {
        rows = List.copyOf(rows);
    }

    /** Of whatever form. */
    public KeptRows(SubtaskId of, List<Long> rows) {
        this(of, rows, null);
    }

    /** The document of a replay's subtask. */
    public static String id(SubtaskId subtask) {
        return subtask + "/kept";
    }

    /** The document that says what columns meant before a replay's plan was made for kept rows; where there is one. */
    public static String mappingOf(String tablePlan) {
        return tablePlan + "/mapping";
    }

    /** The stored value of a target's column, among the columns of rows that a target refused. */
    public static String stored(String target) {
        return STORED + target;
    }

    /** The name of a column for people: of a stored value, its target's. */
    public static String plain(String column) {
        return column.startsWith(STORED) ? column.substring(STORED.length()) : column;
    }

    /** What to throw where only so many of them are open. */
    public GodwitException taken(long open) {
        return new GodwitException(
                ErrorCode.SOURCE_CHANGED,
                "of " + rows.size() + " quarantined rows of subtask " + of + " only " + open
                        + " are open: another run has" + " replayed them",
                "Replay the run once more: what is open then is taken.");
    }
}
