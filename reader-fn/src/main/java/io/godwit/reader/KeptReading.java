package io.godwit.reader;

import io.godwit.connector.MalformedRow;
import io.godwit.connector.RowConsumer;
import io.godwit.connector.Sink;
import io.godwit.connector.Source;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.plan.KeptRows;
import io.godwit.core.plan.Origin;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.port.DocumentStore;
import io.godwit.core.question.SinkQuestions.QuarantinePage;
import io.godwit.core.question.SinkQuestions.QuarantinePlace;
import io.godwit.core.question.SinkQuestions.QuarantineQuestion;
import io.godwit.core.question.SinkQuestions.RefusedRow;
import io.godwit.core.row.ReaderRefusal;
import io.godwit.core.row.SourceFields;
import io.godwit.core.row.TupleBuilder;
import io.godwit.core.row.TupleFields;
import io.godwit.core.run.RowForm;
import io.godwit.core.run.SubtaskId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a quarantine that a subtask of a replay takes: whatever form they were kept in, as its plan's. */
final class KeptReading implements AutoCloseable {
    private final TablePlan plan;
    private final SubtaskId subtask;
    private final DocumentStore documents;
    private final Sources sources;
    private final List<String> wanted;
    private final Map<String, Layout> layouts = new HashMap<>();
    private @Nullable Source source;

    /** Where a plan's columns lie in the tuples of one form. */
    private record Layout(TupleFields fields, List<Integer> places) {}

    KeptReading(TablePlan plan, SubtaskId subtask, DocumentStore documents, Sources sources) {
        this.plan = plan;
        this.subtask = subtask;
        this.documents = documents;
        this.sources = sources;
        this.wanted = SourceFields.of(plan.columns(), plan.filter()).stream()
                .map(Origin.SourceColumn::name)
                .toList();
    }

    /**
     * Reads them all.
     *
     * @param next told of each row, as it is kept, before the consumer is given it
     * @throws GodwitException SOURCE_CHANGED where another run has replayed some of them
     */
    void read(Source.ReadRequest request, RowConsumer rows, Consumer<ReaderRefusal> next) {
        KeptRows kept = document(KeptRows.id(subtask), KeptRows.class);
        Set<Long> open = new TreeSet<>(kept.rows());
        ReaderRefusal[] current = new ReaderRefusal[1];
        rows.placedBy(() -> current[0].place());
        try (Sink sink = sources.openSink(plan.sink())) {
            QuarantinePlace after = new QuarantinePlace(kept.of(), kept.rows().get(0) - 1);
            while (!open.isEmpty()) {
                QuarantinePage page = sink.quarantine(
                        new QuarantineQuestion(kept.of().step(), plan.sink(), after, QuarantinePage.MOST_ROWS));
                if (page.rows().isEmpty()) {
                    throw kept.taken(kept.rows().size() - open.size());
                }
                for (RefusedRow row : page.rows()) {
                    after = row.place();
                    if (row.place().subtask().equals(kept.of())
                            && open.remove(row.place().id())) {
                        current[0] = kept(row);
                        next.accept(current[0]);
                        row(request, current[0], rows);
                    }
                }
            }
        }
    }

    /** Asked of raw rows only: of others the plan's source is the sink, which may be one that is never read. */
    private Source source() {
        if (source == null) {
            source = sources.open(plan.source());
        }
        return source;
    }

    @Override
    public void close() {
        if (source != null) {
            source.close();
        }
    }

    /** What was never replayed has the columns of its own subtask's plan. */
    private static ReaderRefusal kept(RefusedRow row) {
        String own = TablePlan.idOf(row.place().subtask());
        return ReaderRefusal.of(row.row())
                .map(refusal -> new ReaderRefusal(
                        refusal.code(),
                        refusal.place(),
                        refusal.reason(),
                        refusal.form(),
                        refusal.plan().isEmpty() ? own : refusal.plan(),
                        refusal.context(),
                        refusal.row()))
                .orElseGet(() -> new ReaderRefusal(
                        row.code(), row.key(), row.reason(), RowForm.TARGET, own, new byte[0], row.row()));
    }

    private void row(Source.ReadRequest request, ReaderRefusal kept, RowConsumer rows) {
        if (kept.form() == RowForm.RAW) {
            source().readAgain(request, kept.context(), kept.row(), placed(kept, rows));
            return;
        }
        Layout layout = layouts.computeIfAbsent(kept.form() + " " + kept.plan(), key -> layout(kept));
        layout.fields().of(kept.row(), 0, kept.row().length);
        TupleBuilder tuple = new TupleBuilder().begin(wanted.size());
        for (int place : layout.places()) {
            tuple.field(layout.fields().isNull(place) ? null : layout.fields().copy(place));
        }
        rows.row(tuple.bytes(), 0, tuple.length());
    }

    /** A row that still cannot be read stands where it stood. */
    private static RowConsumer placed(ReaderRefusal kept, RowConsumer rows) {
        return new RowConsumer() {
            @Override
            public void row(byte[] bytes, int offset, int length) {
                rows.row(bytes, offset, length);
            }

            @Override
            public void malformed(MalformedRow row) {
                rows.malformed(row.at(kept.place()));
            }
        };
    }

    private Layout layout(ReaderRefusal kept) {
        TablePlan of = documents
                .find(KeptRows.mappingOf(kept.plan()), TablePlan.class)
                .orElseGet(() -> document(kept.plan(), TablePlan.class));
        List<List<String>> names = new ArrayList<>();
        if (kept.form() == RowForm.TARGET) {
            // By the source's name only where it is the source's value still.
            of.columns()
                    .forEach(column -> names.add(
                            column.origin() instanceof Origin.SourceColumn source && column.passesThrough()
                                    ? List.of(KeptRows.stored(column.target()), source.name())
                                    : List.of(KeptRows.stored(column.target()))));
        } else {
            SourceFields.of(of.columns(), of.filter()).forEach(field -> names.add(List.of(field.name())));
        }
        return new Layout(
                new TupleFields(names.size()),
                wanted.stream().map(name -> place(names, name)).toList());
    }

    private int place(List<List<String>> names, String name) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).contains(name)) {
                return i;
            }
        }
        throw new GodwitException(
                ErrorCode.DEFECT,
                subtask + ": the plan reads column " + name + " of kept rows, which have none",
                "Report it: the plan contradicts itself.");
    }

    private <T> T document(String id, Class<T> form) {
        return documents
                .find(id, form)
                .orElseThrow(() -> new GodwitException(
                        ErrorCode.NOT_FOUND,
                        "subtask " + subtask + ": the control store has no document " + id,
                        "Start a new replay; this one's plan was deleted."));
    }
}
