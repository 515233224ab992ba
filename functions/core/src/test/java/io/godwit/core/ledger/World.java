package io.godwit.core.ledger;

import io.godwit.core.ledger.WriteProtocol.Step;
import io.godwit.core.run.Digest;
import io.godwit.core.run.Tally;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One state of the small world that is explored: what is committed in the sink, what waits in the exchange, and where
 * every writer and the one closer stand. Events are not listed: one that was sent once may arrive at any time, any
 * number of times, or never.
 *
 * @param run the sink's run row, as committed
 * @param pruned whether the ledger of the published run was deleted, only the tombstone being kept
 * @param completed whether the planner reports the run as completed
 * @param damaged whether the exchange has lost or altered something; it does so once
 * @param parts one per subtask
 * @param writers where each stands; {@link Writer#IDLE} where it has no event
 * @param closer what holds the run row against everybody; null: nobody does
 */
record World(
        RunRow run,
        boolean pruned,
        boolean completed,
        boolean damaged,
        List<Part> parts,
        List<Writer> writers,
        @Nullable Closing closer) {

    /** What was asked of the closing side. */
    enum Closing {
        PREPARE,
        PUBLISH,
        CLOSE,
        /** A close that names no subtasks: asked long ago, or by a planner that lost its tables. */
        CLOSE_WITHOUT_VOIDS,
        REOPEN
    }

    /** What happened to one of an attempt's records, each of which holds one row. */
    enum Damage {
        NONE,
        FIRST_DELETED,
        SECOND_DELETED,
        FIRST_ALTERED
    }

    /** How far a reader came; one that crashed is one that never goes on. */
    enum Reading {
        NOT_BEGUN,
        SENDING,
        ANNOUNCED
    }

    /** One attempt at reading a subtask: its two rows are those of the source's {@code version}. */
    record Attempt(Reading reading, int version, Damage damage) {
        static final Attempt NONE = new Attempt(Reading.NOT_BEGUN, 0, Damage.NONE);

        List<Integer> rowsRead() {
            return List.of(10 * version, 10 * version + 1);
        }

        List<Integer> rowsInExchange() {
            return switch (damage) {
                case NONE -> rowsRead();
                case FIRST_DELETED -> rowsRead().subList(1, 2);
                case SECOND_DELETED -> rowsRead().subList(0, 1);
                case FIRST_ALTERED -> List.of(99, rowsRead().get(1));
            };
        }
    }

    /** Rows that one committed transaction put into the target. */
    record Copy(int attempt, List<Integer> rows) {}

    /**
     * One subtask.
     *
     * @param source version of its rows in the source
     * @param ledger the committed ledger row: {@link #ABSENT}, {@link #VOID}, or the attempt written, from 1
     * @param target what is committed
     * @param reported for which attempts SubtaskWritten was sent, as bits
     */
    record Part(int source, List<Attempt> attempts, int ledger, List<Copy> target, int reported) {
        static final int VOID = -1;
        static final int ABSENT = 0;

        Part withSource(int version) {
            return new Part(version, attempts, ledger, target, reported);
        }

        Part withAttempt(int number, Attempt attempt) {
            return new Part(source, replaced(attempts, number - 1, attempt), ledger, target, reported);
        }

        Part withLedger(int row) {
            return new Part(source, attempts, row, target, reported);
        }

        /** A third copy would show nothing that the second did not. */
        Part withCopy(Copy copy) {
            if (target.size() == 2) {
                return this;
            }
            List<Copy> copies = new ArrayList<>(target);
            copies.add(copy);
            return new Part(source, attempts, ledger, List.copyOf(copies), reported);
        }

        Part withReported(int attempt) {
            return new Part(source, attempts, ledger, target, reported | 1 << attempt);
        }
    }

    /**
     * A writer with an event.
     *
     * @param step what the protocol told it to do next
     * @param rows sent to the target in its transaction; null before
     */
    record Writer(
            int part, int attempt, Step step, @Nullable List<Integer> rows) {
        static final Writer IDLE = new Writer(-1, -1, new Step.Begin(), null);

        static final Comparator<Writer> ORDER = Comparator.comparingInt(Writer::part)
                .thenComparingInt(Writer::attempt)
                .thenComparing(writer -> writer.step().getClass().getSimpleName())
                .thenComparingInt(writer -> Objects.hashCode(writer.rows()));

        /** Cheaper than that of the step's records, and hardly worse. */
        @Override
        public int hashCode() {
            return 31 * (31 * part + attempt) + step.getClass().hashCode();
        }

        boolean isIdle() {
            return part < 0;
        }

        boolean holdsRunRow() {
            return !isIdle() && !(step instanceof Step.LockRun);
        }

        boolean holdsClaimOn(int other) {
            return part == other
                    && (step instanceof Step.Stream || step instanceof Step.Finish || step instanceof Step.Commit);
        }

        Writer at(Step next) {
            return new Writer(part, attempt, next, rows);
        }

        Writer with(@Nullable List<Integer> sent) {
            return new Writer(part, attempt, step, sent);
        }
    }

    static World initial(int subtasks, int attempts, int writers) {
        Part part = new Part(0, Collections.nCopies(attempts, Attempt.NONE), Part.ABSENT, List.of(), 0);
        return new World(
                RunRow.ABSENT,
                false,
                false,
                false,
                Collections.nCopies(subtasks, part),
                Collections.nCopies(writers, Writer.IDLE),
                null);
    }

    static Tally tally(List<Integer> rows) {
        long sum =
                rows.stream().mapToLong(row -> (row + 1) * 0x9E3779B97F4A7C15L).sum();
        return new Tally(rows.size(), 8L * rows.size(), new Digest(sum));
    }

    long written() {
        return parts.stream().filter(part -> part.ledger() > 0).count();
    }

    World withRun(RunRow row) {
        return new World(row, pruned, completed, damaged, parts, writers, closer);
    }

    World withCompleted() {
        return new World(run, pruned, true, damaged, parts, writers, closer);
    }

    World withDamage(int number, Part part) {
        return new World(run, pruned, completed, true, replaced(parts, number, part), writers, closer);
    }

    World withPart(int number, Part part) {
        return withParts(replaced(parts, number, part));
    }

    World withParts(List<Part> other) {
        return new World(run, pruned, completed, damaged, other, writers, closer);
    }

    World withWriter(int number, Writer writer) {
        return new World(run, pruned, completed, damaged, parts, replaced(writers, number, writer), closer);
    }

    /** The same, its writers in order: they are told apart by nothing but where they stand. */
    World inOrder() {
        for (int i = 1; i < writers.size(); i++) {
            if (Writer.ORDER.compare(writers.get(i - 1), writers.get(i)) > 0) {
                List<Writer> ordered = writers.stream().sorted(Writer.ORDER).toList();
                return new World(run, pruned, completed, damaged, parts, ordered, closer);
            }
        }
        return this;
    }

    World withCloser(@Nullable Closing other) {
        return new World(run, pruned, completed, damaged, parts, writers, other);
    }

    World withLedgerPruned() {
        List<Part> without =
                parts.stream().map(part -> part.withLedger(Part.ABSENT)).toList();
        return new World(run, true, completed, damaged, without, writers, closer);
    }

    private static <T> List<T> replaced(List<T> list, int index, T element) {
        List<T> copy = new ArrayList<>(list);
        copy.set(index, element);
        return List.copyOf(copy);
    }
}
