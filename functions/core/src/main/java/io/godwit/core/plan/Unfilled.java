package io.godwit.core.plan;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.table.Column;
import io.godwit.core.table.TableDescription;
import java.util.List;

/** Columns of an existing target that take no NULL, and what a mapping gives them. */
final class Unfilled {
    private Unfilled() {}

    static void check(Draft draft, TableDescription target, PlanProblems problems, List<String> notes) {
        for (Column column : target.columns()) {
            Cell cell = draft.cells().get(column.name());
            if (column.nullable()) {
                continue;
            }
            boolean ownValue = column.generated() || column.identity() != null || column.defaultExpression() != null;
            if (cell == null ? !ownValue : cell.isNull()) {
                problems.add(
                        ErrorCode.TARGET_COLUMN_WITHOUT_VALUE,
                        draft.match().display() + ": column " + column.name() + " of the target "
                                + target.name().display() + " is NOT NULL, and the mapping gives it no value",
                        "Map a column to it, or give it a value: { to: " + column.name() + ", value: ... }.");
            } else if (cell != null && cell.source() != null && cell.source().nullable()) {
                notes.add(draft.match().display() + ", column " + column.name()
                        + ": may be NULL, which the target refuses");
            }
        }
    }
}
