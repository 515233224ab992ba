package io.godwit.connector.kafka;

import io.godwit.core.ledger.LedgerRow;
import io.godwit.core.ledger.RunRow;
import io.godwit.core.ledger.SubtaskSet;
import io.godwit.core.plan.KeptRows;
import io.godwit.core.question.SinkQuestions.Ledger;
import io.godwit.core.question.SinkQuestions.LedgerEntry;
import io.godwit.core.run.SubtaskId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger says of one step, as far as it was read. Its records are told one after the other, each once.
 *
 * <p>A written subtask stays written, whatever else is said of it: a void may come after it, of someone who did not
 * know yet. A void counts where nothing is written; that nothing can be any more is for whoever voids to see to.
 */
final class StepLedger {
    private final TreeMap<SubtaskId, LedgerRow> written = new TreeMap<>();
    private final Map<SubtaskId, KeptRange> kept = new TreeMap<>();
    private final Map<SubtaskId, Set<Long>> replayed = new HashMap<>();
    private final Set<String> voids = new HashSet<>();
    private RunRow run = RunRow.ABSENT;
    private boolean cancelled;
    private LedgerRecord.@Nullable Prepared prepared;
    private LedgerRecord.@Nullable Published published;
    private long next = -1;

    void tell(LedgerRecord record) {
        if (record instanceof LedgerRecord.Prepared now) {
            prepared = now;
            run = RunRow.OPEN;
        } else if (record instanceof LedgerRecord.Published now) {
            published = now;
            run = RunRow.PUBLISHED;
        } else if (record instanceof LedgerRecord.Closed closed) {
            cancelled |= closed.cancelled();
            run = RunRow.CLOSED;
        } else if (record instanceof LedgerRecord.Reopened) {
            run = RunRow.OPEN;
        } else if (record instanceof LedgerRecord.Written now) {
            boolean first = written.putIfAbsent(now.row().subtask(), now.row()) == null;
            if (first && now.kept() != null) {
                kept.put(now.row().subtask(), now.kept());
            }
        } else if (record instanceof LedgerRecord.Replayed now) {
            replayed.computeIfAbsent(now.rows().of(), subtask -> new HashSet<>())
                    .addAll(now.rows().rows());
        } else if (record instanceof LedgerRecord.Voided now) {
            voids.addAll(now.subtasks());
        } else if (record instanceof LedgerRecord.Unvoided now) {
            now.subtasks().forEach(voids::remove);
        }
    }

    /** Where in the topic the reading goes on; -1: it has not begun. */
    long next() {
        return next;
    }

    void next(long offset) {
        next = offset;
    }

    RunRow run() {
        return run;
    }

    boolean isCancelled() {
        return cancelled;
    }

    Optional<LedgerRecord.Prepared> prepared() {
        return Optional.ofNullable(prepared);
    }

    Optional<LedgerRecord.Published> published() {
        return Optional.ofNullable(published);
    }

    Optional<LedgerRow> find(SubtaskId subtask) {
        LedgerRow row = written.get(subtask);
        if (row != null) {
            return Optional.of(row);
        }
        return voids.contains(subtask.value()) ? Optional.of(LedgerRow.voided(subtask)) : Optional.empty();
    }

    /** Of these, the ones that no rows were written for. */
    List<SubtaskId> unwritten(List<SubtaskId> subtasks) {
        return subtasks.stream()
                .filter(subtask -> !written.containsKey(subtask))
                .toList();
    }

    /** Where the refused rows of each subtask lie, in the order of the subtasks, from this one on. */
    Map<SubtaskId, KeptRange> kept(String from) {
        Map<SubtaskId, KeptRange> ranges = new LinkedHashMap<>();
        kept.forEach((subtask, range) -> {
            if (subtask.value().compareTo(from) >= 0) {
                ranges.put(subtask, range);
            }
        });
        return ranges;
    }

    /** Of the refused rows of a subtask, those that were replayed. */
    Set<Long> replayed(SubtaskId subtask) {
        return Set.copyOf(replayed.getOrDefault(subtask, Set.of()));
    }

    /** How many of the rows are refused ones that were not replayed. */
    long open(KeptRows rows) {
        KeptRange range = kept.get(rows.of());
        Set<Long> gone = replayed.getOrDefault(rows.of(), Set.of());
        return range == null
                ? 0
                : rows.rows().stream()
                        .filter(row -> range.has(row) && !gone.contains(row))
                        .count();
    }

    SubtaskSet writtenSet() {
        return SubtaskSet.of(written.keySet());
    }

    Ledger answer() {
        List<LedgerEntry> entries = written.values().stream()
                .map(row -> new LedgerEntry(
                        row.subtask(),
                        java.util.Objects.requireNonNull(row.attempt()),
                        row.written(),
                        row.quarantined()))
                .toList();
        return new Ledger(run, entries);
    }
}
