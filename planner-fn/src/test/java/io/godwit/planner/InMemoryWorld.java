package io.godwit.planner;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.ErrorInfo;
import io.godwit.core.error.GodwitException;
import io.godwit.core.event.Event;
import io.godwit.core.event.Event.RowsReady;
import io.godwit.core.event.Event.SubtaskFailed;
import io.godwit.core.event.Event.SubtaskFailed.Phase;
import io.godwit.core.event.Event.SubtaskRead;
import io.godwit.core.event.Event.SubtaskWrite;
import io.godwit.core.event.Event.SubtaskWritten;
import io.godwit.core.exchange.BatchRange;
import io.godwit.core.exchange.Lane;
import io.godwit.core.ledger.ClosingProtocol;
import io.godwit.core.ledger.LedgerRow;
import io.godwit.core.ledger.RunRow;
import io.godwit.core.ledger.SubtaskSet;
import io.godwit.core.port.EventPublisher;
import io.godwit.core.port.ExchangeTrimmer;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.Digest;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Readers, an exchange, writers and a sink in memory, and the events that are under way. */
final class InMemoryWorld implements EventPublisher, ExchangeTrimmer {
    final List<Event> events = Collections.synchronizedList(new ArrayList<>());
    final List<Event> facts = Collections.synchronizedList(new ArrayList<>());
    final Map<StepId, RunRow> runRows = new HashMap<>();
    final Map<SubtaskId, LedgerRow> ledger = new TreeMap<>();
    final Map<Lane, Long> nextOffsets = new HashMap<>();
    final Map<Lane, Long> trimmed = new HashMap<>();
    final Map<AttemptId, SubtaskId> attempts = new HashMap<>();
    int reads;
    /** What is read of a subtask, where a test knows better. */
    Function<SubtaskId, Tally> contents = InMemoryWorld::rowsOf;

    /** What the broker answers instead of taking an event. */
    volatile @Nullable ErrorCode refusal;

    @Override
    public void publish(Event event) {
        if (refusal != null) {
            throw error(refusal);
        }
        (event instanceof Event.RunRecorded ? facts : events).add(event);
    }

    @Override
    public synchronized void trim(Lane lane, long offset) {
        trimmed.merge(lane, offset, Math::max);
    }

    /** What is in the source: a function of the split, whichever target it is read for. */
    static Tally rowsOf(SubtaskId id) {
        long rows = id.split() % 5 == 4 ? 0 : 10 + id.split();
        return rows == 0
                ? Tally.ZERO
                : new Tally(rows, rows * 100, new Digest(split(id).hashCode() * 0x9E3779B97F4A7C15L));
    }

    private static String split(SubtaskId id) {
        return id.run() + "/" + id.table() + "/" + id.split();
    }

    /** Reads a split into its lane. */
    synchronized RowsReady read(SubtaskRead event) {
        reads++;
        Tally tally = contents.apply(event.subtask());
        int batches = tally.rows() == 0 ? 0 : 2;
        long first = nextOffsets.getOrDefault(event.lane(), 0L);
        nextOffsets.put(event.lane(), first + batches);
        AttemptId attempt = AttemptId.fresh();
        attempts.put(attempt, event.subtask());
        return new RowsReady(
                event.subtask(), attempt, new BatchRange(event.lane(), first, first + batches - 1, batches), tally, 1);
    }

    /** Writes what was announced, as the protocol wants it. */
    synchronized Event write(SubtaskWrite event) {
        RunRow run = runRows.getOrDefault(event.subtask().step(), RunRow.ABSENT);
        LedgerRow row = ledger.get(event.subtask());
        if (row != null) {
            return row.isVoid() ? failed(event, ErrorCode.SUBTASK_VOID) : written(row);
        }
        if (run != RunRow.OPEN) {
            return failed(event, run == RunRow.ABSENT ? ErrorCode.RUN_NOT_PREPARED : ErrorCode.RUN_CLOSED);
        }
        BatchRange range = event.range();
        if (range.batches() > 0 && !event.reader().equals(attempts.get(event.attempt()))) {
            throw new AssertionError(event + ": its rows carry the id " + attempts.get(event.attempt()));
        }
        if (range.batches() > 0 && range.firstOffset() < trimmed.getOrDefault(range.lane(), 0L)) {
            return failed(event, ErrorCode.EXCHANGE_RECORDS_LOST);
        }
        LedgerRow claimed = new LedgerRow(event.subtask(), event.attempt(), event.read(), Tally.ZERO);
        ledger.put(event.subtask(), claimed);
        return written(claimed);
    }

    static SubtaskFailed failed(SubtaskWrite event, ErrorCode code) {
        return new SubtaskFailed(
                event.subtask(), Phase.WRITE, event.attempt(), event.dispatch(), new ErrorInfo(code, code.name(), ""));
    }

    static SubtaskFailed failed(SubtaskRead event, ErrorCode code) {
        return new SubtaskFailed(
                event.subtask(), Phase.READ, null, event.dispatch(), new ErrorInfo(code, code.name(), ""));
    }

    private static SubtaskWritten written(LedgerRow row) {
        return new SubtaskWritten(
                row.subtask(), Objects.requireNonNull(row.attempt()), row.written(), row.quarantined(), 1);
    }

    synchronized List<LedgerRow> ledgerOf(StepId step) {
        return ledger.values().stream()
                .filter(row -> row.subtask().step().equals(step) && !row.isVoid())
                .toList();
    }

    synchronized void prepare(StepId step) {
        if (ClosingProtocol.prepares(step, rowOf(step), ledgerOf(step).size())) {
            runRows.put(step, RunRow.OPEN);
        }
    }

    synchronized void publish(StepId step, SubtaskSet planned) {
        SubtaskSet written =
                SubtaskSet.of(ledgerOf(step).stream().map(LedgerRow::subtask).toList());
        if (ClosingProtocol.publishes(step, rowOf(step), written, planned)) {
            runRows.put(step, RunRow.PUBLISHED);
        }
    }

    synchronized void close(StepId step, List<SubtaskId> unwritten) {
        if (ClosingProtocol.closes(rowOf(step))) {
            runRows.put(step, RunRow.CLOSED);
            unwritten.forEach(id -> ledger.putIfAbsent(id, LedgerRow.voided(id)));
        }
    }

    synchronized void voidUnwritten(StepId step, List<SubtaskId> unwritten) {
        if (rowOf(step) == RunRow.OPEN) {
            unwritten.forEach(id -> ledger.putIfAbsent(id, LedgerRow.voided(id)));
        }
    }

    synchronized void reopen(StepId step, List<SubtaskId> voided) {
        if (ClosingProtocol.reopens(rowOf(step))) {
            runRows.put(step, RunRow.OPEN);
            voided.forEach(id -> ledger.computeIfPresent(id, (key, row) -> row.isVoid() ? null : row));
        }
    }

    synchronized RunRow rowOf(StepId step) {
        return runRows.getOrDefault(step, RunRow.ABSENT);
    }

    static GodwitException error(ErrorCode code) {
        return new GodwitException(code, code.name(), "");
    }
}
