package io.godwit.planner.planning;

import io.godwit.core.job.Connection;
import io.godwit.core.job.Consistency;
import io.godwit.core.plan.StepQuestion.Described;
import io.godwit.core.question.SourceQuestions.HoldSnapshot;
import io.godwit.core.run.StepId;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Has readers hold one snapshot per database of the sources that want all rows of one moment. */
final class Snapshots {
    private final Functions functions;

    Snapshots(Functions functions) {
        this.functions = functions;
    }

    /** @return names by connection and database */
    Map<String, String> hold(StepId step, List<Described> sources) {
        Map<String, String> names = new HashMap<>();
        for (Described source : sources) {
            if (source.from().consistency() == Consistency.RUN) {
                for (TableDescription table : source.tables()) {
                    names.computeIfAbsent(
                            HeldMarks.placeOf(source.connection(), table.name()),
                            place -> hold(step, source.connection(), table.name()));
                }
            }
        }
        return names;
    }

    private String hold(StepId step, Connection source, TableName table) {
        return functions
                .readersOf(source)
                .holdSnapshot(new HoldSnapshot(step, in(source, table)))
                .name();
    }

    /** The connection to the table's database. */
    static Connection in(Connection source, TableName table) {
        return table.database() == null ? source : source.withDatabase(table.database());
    }
}
