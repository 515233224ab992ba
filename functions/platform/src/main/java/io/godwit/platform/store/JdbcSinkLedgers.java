package io.godwit.platform.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.ledger.ClosingProtocol;
import io.godwit.core.ledger.LedgerRow;
import io.godwit.core.ledger.RunRow;
import io.godwit.core.plan.KeptRows;
import io.godwit.core.port.SinkLedgers;
import io.godwit.core.question.SinkQuestions.CloseStep;
import io.godwit.core.question.SinkQuestions.Ledger;
import io.godwit.core.question.SinkQuestions.Preparation;
import io.godwit.core.question.SinkQuestions.PrepareStep;
import io.godwit.core.question.SinkQuestions.PublishStep;
import io.godwit.core.question.SinkQuestions.Published;
import io.godwit.core.question.SinkQuestions.QuarantinePage;
import io.godwit.core.question.SinkQuestions.QuarantineQuestion;
import io.godwit.core.question.SinkQuestions.VoidSubtasks;
import io.godwit.core.row.RowHash;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.platform.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;

/** Ledgers of sinks without transactions, in the control store's tables. Safe for threads. */
public final class JdbcSinkLedgers implements SinkLedgers {
    /** How long a writer may be silent, and how often the store is told that it is not. */
    private static final Duration STILL = Duration.ofSeconds(60);

    private static final int TOLD_WITHIN = 12;

    private final DataSource store;
    private final Duration still;

    public JdbcSinkLedgers(DataSource store) {
        this(store, STILL);
    }

    JdbcSinkLedgers(DataSource store, Duration still) {
        this.store = store;
        this.still = still;
    }

    @FunctionalInterface
    private interface Work<T> {
        T run(StoreTransaction transaction, SinkRunRows runs, SinkLedgerRows ledger);
    }

    @Override
    public Ledger ledger(StepId step) {
        return transaction(
                "reading the ledger of step " + step, (open, runs, ledger) -> ledger.ledger(step, runs.find(step)));
    }

    @Override
    public Preparation prepare(PrepareStep question, List<String> places, Function<List<StepId>, Preparation> act) {
        StepId step = question.step();
        return transaction("preparing step " + step, (open, runs, ledger) -> {
            lockPlaces(runs, step, places);
            runs.open(step, places);
            boolean acts = ClosingProtocol.prepares(
                    step, runs.lock(step), ledger.written(step).subtasks());
            String fingerprint = fingerprint(question);
            if (acts && !runs.isPreparedFor(step, fingerprint)) {
                runs.prepared(step, fingerprint, act.apply(runs.takeOver(step, places)));
            }
            return runs.preparation(step);
        });
    }

    @Override
    public Published publish(PublishStep question, Publisher publisher) {
        StepId step = question.step();
        String doing = "publishing step " + step;
        transaction(doing, (open, runs, ledger) -> {
            lockPlaces(runs, step, runs.places(step));
            RunRow run = runs.lock(step);
            if (runs.publishing(step).isEmpty()
                    && ClosingProtocol.publishes(step, run, ledger.written(step), question.subtasks())) {
                publisher.look(question, each -> ledger.forEachUnit(step, each));
                runs.publishing(step, json(question));
            }
            return true;
        });
        return transaction(doing, (open, runs, ledger) -> {
            finish(step, runs, ledger, publisher);
            if (runs.find(step) != RunRow.PUBLISHED) {
                throw new GodwitException(
                        ErrorCode.RUN_CLOSED,
                        "step " + step + " was given up before it was published",
                        "Start a new run for another plan time.");
            }
            return runs.published(step);
        });
    }

    /** Publishes what is on record to be published. */
    private static void finish(StepId step, SinkRunRows runs, SinkLedgerRows ledger, Publisher publisher) {
        lockPlaces(runs, step, runs.places(step));
        runs.lock(step);
        runs.publishing(step)
                .ifPresent(json ->
                        runs.publish(step, publisher.publish(question(json), each -> ledger.forEachUnit(step, each))));
    }

    @Override
    public Ledger close(CloseStep question, Publisher publisher) {
        StepId step = question.step();
        return transaction("closing step " + step, (open, runs, ledger) -> {
            boolean givenUp = isGivenUp(step, runs, ledger, publisher);
            if (givenUp || ClosingProtocol.closes(runs.lock(step))) {
                runs.close(step, question.cancelled() || runs.isCancelled(step));
                ledger.voidUnwritten(question.unwritten());
            }
            return ledger.ledger(step, runs.find(step));
        });
    }

    /**
     * Finishes what is on record to be published, if anything is. What can never be finished would block its places for
     * good: it is given up, where nobody has seen any of it.
     */
    private static boolean isGivenUp(StepId step, SinkRunRows runs, SinkLedgerRows ledger, Publisher publisher) {
        try {
            finish(step, runs, ledger, publisher);
            return false;
        } catch (GodwitException refusal) {
            Optional<String> question = runs.publishing(step);
            if (refusal.code().isTransient() || question.isEmpty() || publisher.mayShow(question(question.get()))) {
                throw refusal;
            }
            return true;
        }
    }

    @Override
    public Ledger reopen(CloseStep question) {
        StepId step = question.step();
        return transaction("reopening step " + step, (open, runs, ledger) -> {
            if (ClosingProtocol.reopens(runs.lock(step))) {
                if (runs.isCancelled(step)) {
                    throw new GodwitException(
                            ErrorCode.RUN_CLOSED,
                            "step " + step + " was cancelled in the sink, or a later run took its place",
                            "Start a new run.");
                }
                runs.reopen(step);
                ledger.takeBackVoids(question.unwritten());
            }
            return ledger.ledger(step, runs.find(step));
        });
    }

    @Override
    public Ledger voidUnwritten(VoidSubtasks question) {
        StepId step = question.step();
        return transaction("voiding subtasks of step " + step, (open, runs, ledger) -> {
            if (runs.lockShared(step) == RunRow.OPEN) {
                ledger.voidUnwritten(question.subtasks());
            }
            return ledger.ledger(step, runs.find(step));
        });
    }

    @Override
    public QuarantinePage quarantine(QuarantineQuestion question) {
        return transaction(
                "reading the quarantine of step " + question.step(),
                (open, runs, ledger) -> new SinkQuarantineRows(open).page(question));
    }

    @Override
    public Units units(StepId step) {
        return each -> transaction("reading the ledger of step " + step, (open, runs, ledger) -> {
            ledger.forEachUnit(step, each);
            return true;
        });
    }

    @Override
    public Writing begin() {
        return new Transaction(new StoreTransaction(store, "writing a subtask"), still);
    }

    private static final class Transaction implements Writing {
        private final StoreTransaction open;
        private final SinkRunRows runs;
        private final SinkLedgerRows ledger;
        private final long silence;
        private long told = System.nanoTime();

        Transaction(StoreTransaction open, Duration still) {
            this.open = open;
            this.runs = new SinkRunRows(open);
            this.ledger = new SinkLedgerRows(open);
            this.silence = still.dividedBy(TOLD_WITHIN).toNanos();
            open.list(
                    "SELECT set_config('idle_in_transaction_session_timeout', ?, true)",
                    row -> row.getString(1),
                    still.toMillis() + "ms");
        }

        @Override
        public RunRow lockRun(StepId step) {
            return runs.lockShared(step);
        }

        @Override
        public Optional<LedgerRow> claim(LedgerRow row) {
            return ledger.insert(row) ? Optional.empty() : ledger.find(row.subtask());
        }

        @Override
        public Optional<LedgerRow> find(SubtaskId subtask) {
            return ledger.find(subtask);
        }

        @Override
        public void working() {
            if (System.nanoTime() - told > silence) {
                open.list("SELECT 1", row -> true);
                told = System.nanoTime();
            }
        }

        @Override
        public void quarantine(SubtaskId subtask, String key, String code, String reason, byte[] row) {
            new SinkQuarantineRows(open).insert(subtask, key, code, reason, row);
        }

        @Override
        public long replayed(SubtaskId by, KeptRows rows) {
            return new SinkQuarantineRows(open).replayed(by, rows);
        }

        @Override
        public void commit(Unit unit) {
            ledger.complete(unit);
            open.commit();
        }

        @Override
        public void close() {
            open.close();
        }
    }

    private <T> T transaction(String doing, Work<T> work) {
        try (StoreTransaction open = new StoreTransaction(store, doing)) {
            T result = work.run(open, new SinkRunRows(open), new SinkLedgerRows(open));
            open.commit();
            return result;
        }
    }

    private static void lockPlaces(SinkRunRows runs, StepId step, List<String> places) {
        runs.lockPlaces(places);
        runs.publishingAt(step, places).ifPresent(other -> {
            throw new GodwitException(
                    ErrorCode.SINK_INTERRUPTED,
                    "step " + step + ": step " + other + " is being published there, and has not ended",
                    "It will be tried again.");
        });
    }

    /** Of all that what is made ready depends on. */
    private static String fingerprint(PrepareStep question) {
        byte[] bytes = json(question).getBytes(StandardCharsets.UTF_8);
        return String.format(Locale.ROOT, "%016x", RowHash.of(bytes, 0, bytes.length));
    }

    private static String json(Object question) {
        try {
            return Json.mapper()
                    .writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .writeValueAsString(question);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("questions are made to travel as JSON", e);
        }
    }

    private static PublishStep question(String json) {
        try {
            return Json.mapper().readValue(json, PublishStep.class);
        } catch (JsonProcessingException e) {
            throw new GodwitException(
                    ErrorCode.DEFECT,
                    "what is on record to be published cannot be read",
                    "This function may be older than the one that wrote it: update it.",
                    e);
        }
    }
}
