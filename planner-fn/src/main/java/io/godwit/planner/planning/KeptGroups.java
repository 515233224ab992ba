package io.godwit.planner.planning;

import io.godwit.core.job.Connection;
import io.godwit.core.plan.KeptRows;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.SinkQuestions.QuarantinePage;
import io.godwit.core.question.SinkQuestions.RefusedRow;
import io.godwit.core.row.ReaderRefusal;
import io.godwit.core.run.RowForm;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The open rows of a quarantine, by what it takes to read them. Of the rows themselves nothing is kept here. */
final class KeptGroups {
    /** Rows of one subtask of a replay, and bytes of them. */
    private static final int MOST_ROWS = 1000;

    private static final long MOST_BYTES = QuarantinePage.MOST_BYTES;

    private final Map<Group, List<Part>> groups = new LinkedHashMap<>();
    private long withheld;

    /**
     * What rows have in common that one table plan can read.
     *
     * @param layout the table plan whose columns they have
     */
    record Group(String layout, RowForm form) {}

    /** What one subtask takes: rows that one subtask had. */
    static final class Part {
        private final SubtaskId of;
        private final List<Long> rows = new ArrayList<>();
        private long bytes;

        private Part(SubtaskId of) {
            this.of = of;
        }

        KeptRows kept(RowForm form) {
            return new KeptRows(of, rows, form);
        }

        int rows() {
            return rows.size();
        }

        long bytes() {
            return bytes;
        }

        private boolean takes(SubtaskId subtask, long more) {
            return of.equals(subtask) && rows.size() < MOST_ROWS && bytes + more <= MOST_BYTES;
        }
    }

    /** Adds those of a step. */
    void add(Functions functions, StepId step, Connection sink) {
        RefusedRows.each(functions, step, sink, this::add);
    }

    private void add(RefusedRow row) {
        ReaderRefusal refusal = ReaderRefusal.of(row.row()).orElse(null);
        RowForm form = refusal == null ? RowForm.TARGET : refusal.form();
        if (form == RowForm.WITHHELD) {
            withheld++;
            return;
        }
        SubtaskId subtask = row.place().subtask();
        String layout = refusal == null || refusal.plan().isEmpty() ? TablePlan.idOf(subtask) : refusal.plan();
        List<Part> parts = groups.computeIfAbsent(new Group(layout, form), group -> new ArrayList<>());
        Part last = parts.isEmpty() ? null : parts.get(parts.size() - 1);
        if (last == null || !last.takes(subtask, row.row().length)) {
            last = new Part(subtask);
            parts.add(last);
        }
        last.rows.add(row.place().id());
        last.bytes += row.row().length;
    }

    Map<Group, List<Part>> groups() {
        return groups;
    }

    /** Rows whose values were not kept. */
    long withheld() {
        return withheld;
    }
}
