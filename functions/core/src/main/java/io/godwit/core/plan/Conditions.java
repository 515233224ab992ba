package io.godwit.core.plan;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.error.NearestWord;
import io.godwit.core.job.Migrate.Incremental;
import io.godwit.core.job.ParameterUse;
import io.godwit.core.plan.StepQuestion.Bounds;
import io.godwit.core.table.Column;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which rows of a source table a run takes. */
final class Conditions {
    /** True of no row, in any SQL. */
    private static final String NOTHING = "1 = 0";

    private final StepQuestion question;
    private final PlanProblems problems;
    private final List<String> notes;

    Conditions(StepQuestion question, PlanProblems problems, List<String> notes) {
        this.question = question;
        this.problems = problems;
        this.notes = notes;
    }

    /** The job's condition with its parameters resolved, and the bounds of an incremental source; null: all rows. */
    @Nullable
    String of(TableMatch match) {
        String own = null;
        if (match.where() != null) {
            try {
                own = question.parameters().resolve(match.where(), ParameterUse.SQL, match.names());
            } catch (GodwitException e) {
                problems.add(e.code(), match.display() + ", where: " + e.info().message(), e.remedy());
            }
        }
        String bounds = bounds(match);
        if (own == null || bounds == null) {
            return own == null ? bounds : own;
        }
        return StandardSql.and(own, bounds);
    }

    private @Nullable String bounds(TableMatch match) {
        Incremental incremental = match.from().incremental();
        if (incremental == null) {
            return null;
        }
        Optional<Column> column = match.table().column(incremental.column());
        if (column.isEmpty()) {
            TreeSet<String> names = new TreeSet<>();
            match.table().columns().forEach(other -> names.add(other.name()));
            problems.add(
                    ErrorCode.SOURCE_COLUMN_NOT_FOUND,
                    match.display() + " has no column " + incremental.column() + ", by which it is to be incremental",
                    NearestWord.remedy(incremental.column(), names));
            return null;
        }
        Bounds bounds =
                question.marks().bounds(match.connection(), match.table().name());
        if (bounds == null || bounds.high() == null) {
            notes.add(match.display() + ": no row has a value of " + incremental.column() + ", so none is new");
            return NOTHING;
        }
        if (column.get().nullable()) {
            notes.add(match.display() + ": rows without a value of " + incremental.column() + " are not taken");
        }
        String name = StandardSql.identifier(incremental.column());
        String upTo = name + " <= " + StandardSql.literal(bounds.high());
        notes.add(match.display() + ": " + incremental.column() + (bounds.low() == null ? "" : " above " + bounds.low())
                + " up to " + bounds.high());
        return bounds.low() == null ? upTo : name + " > " + StandardSql.literal(bounds.low()) + " AND " + upTo;
    }
}
