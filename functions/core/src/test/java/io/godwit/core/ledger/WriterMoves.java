package io.godwit.core.ledger;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.ErrorInfo;
import io.godwit.core.event.Event;
import io.godwit.core.event.Event.SubtaskWrite;
import io.godwit.core.event.Event.SubtaskWritten;
import io.godwit.core.exchange.BatchRange;
import io.godwit.core.exchange.Lane;
import io.godwit.core.ledger.World.Copy;
import io.godwit.core.ledger.World.Part;
import io.godwit.core.ledger.World.Reading;
import io.godwit.core.ledger.World.Writer;
import io.godwit.core.ledger.WriteProtocol.Observation;
import io.godwit.core.ledger.WriteProtocol.Outcome;
import io.godwit.core.ledger.WriteProtocol.Step;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What writers may do: each performs, against the world's sink, the step that {@link WriteProtocol} told it. Steps that
 * touch nothing which others could see (begin, roll back, report a refusal) are performed with the step before them.
 */
final class WriterMoves {
    private static final StepId STEP = StepId.of(RunId.of("job", Instant.EPOCH), "copy");
    private static final ErrorInfo BROKEN = new ErrorInfo(ErrorCode.SINK_INTERRUPTED, "connection broke", "");
    private static final ErrorInfo LOST = new ErrorInfo(ErrorCode.EXCHANGE_RECORDS_LOST, "a record is gone", "");
    private static final ErrorInfo ROW = new ErrorInfo(ErrorCode.ROW_REFUSED, "a constraint", "");

    private final Variant variant;
    private final Map<List<Integer>, WriteProtocol> protocols = new HashMap<>();
    private final Set<String> seen;
    private final Map<Class<?>, Map<Class<?>, Boolean>> names = new HashMap<>();

    /** @param seen takes what the protocol was told and what came of it */
    WriterMoves(Variant variant, Set<String> seen) {
        this.variant = variant;
        this.seen = seen;
    }

    /**
     * Any event that was ever sent may arrive at a writer that is idle. Writers being alike, the first of them takes
     * it.
     */
    void deliver(World world, List<Move> moves) {
        int idle = world.writers().indexOf(Writer.IDLE);
        for (int part = 0; idle >= 0 && part < world.parts().size(); part++) {
            for (int attempt = 1; attempt <= world.parts().get(part).attempts().size(); attempt++) {
                if (attempt(world, part, attempt).reading() == Reading.ANNOUNCED) {
                    Step begin = protocol(world, part, attempt).first();
                    Writer writer = new Writer(part, attempt, begin, null);
                    World begun = world.withWriter(idle, writer);
                    on(begun, idle, new Observation.Done(), "writer %1$d gets %2$d/%3$d", moves);
                    on(begun, idle, new Observation.Failed(BROKEN), "writer %1$d cannot connect for %2$d/%3$d", moves);
                }
            }
        }
    }

    void perform(World world, int number, List<Move> moves) {
        Writer writer = world.writers().get(number);
        if (writer.isIdle()) {
            return;
        }
        World crashed = world.withWriter(number, Writer.IDLE);
        moves.add(new Move(crashed, "writer %1$d crashes", "", number, 0, 0));
        on(world, number, new Observation.Failed(BROKEN), "writer %1$d loses its connection at %2$d/%3$d", moves);
        Step step = writer.step();
        if (step instanceof Step.LockRun) {
            lockRun(world, number, moves);
        } else if (step instanceof Step.Find) {
            on(world, number, held(world, writer), "writer %1$d looks into the ledger for %2$d/%3$d", moves);
        } else if (step instanceof Step.Claim) {
            claim(world, number, writer, moves);
        } else if (step instanceof Step.Stream) {
            stream(world, number, writer, moves);
        } else if (step instanceof Step.Commit) {
            commit(world, number, writer, moves);
        } else {
            throw new IllegalStateException("nobody stands at " + step);
        }
    }

    private void lockRun(World world, int number, List<Move> moves) {
        if (variant.locksRunRow() && world.closer() != null) {
            return;
        }
        RunRow run = variant == Variant.NO_RUN_ROW ? RunRow.OPEN : world.run();
        on(world, number, new Observation.RunStands(run), "writer %1$d takes the run row for %2$d/%3$d", moves);
    }

    private void claim(World world, int number, Writer writer, List<Move> moves) {
        boolean claimed = world.writers().stream().anyMatch(other -> other.holdsClaimOn(writer.part()));
        if (claimed && variant.waitsAtClaim()) {
            return;
        }
        World after = world;
        Part part = world.parts().get(writer.part());
        if (variant == Variant.LEDGER_COMMITTED_BEFORE && part.ledger() == Part.ABSENT) {
            after = world.withPart(writer.part(), part.withLedger(writer.attempt()));
        }
        on(after, number, held(world, writer), "writer %1$d claims %2$d/%3$d", moves);
    }

    private void stream(World world, int number, Writer writer, List<Move> moves) {
        World.Attempt attempt = attempt(world, writer.part(), writer.attempt());
        List<Integer> found = attempt.rowsInExchange();
        Tally announced = World.tally(attempt.rowsRead());
        Tally seenTally = switch (variant) {
            case NO_DIGEST -> new Tally(found.size(), 0, announced.digest());
            case NO_PROOF -> announced;
            default -> World.tally(found);
        };
        if (found.size() < announced.rows() && variant != Variant.NO_PROOF) {
            on(world, number, new Observation.Failed(LOST), "writer %1$d misses a record of %2$d/%3$d", moves);
        }
        World sent = world.withWriter(number, writer.with(found));
        on(sent, number, new Observation.Streamed(seenTally, null), "writer %1$d streams %2$d/%3$d", moves);
        on(sent, number, new Observation.Streamed(seenTally, ROW), "writer %1$d is refused a row of %2$d/%3$d", moves);
    }

    private void commit(World world, int number, Writer writer, List<Move> moves) {
        Part part = world.parts().get(writer.part());
        List<Integer> rows = writer.rows();
        Part after = rows == null ? part : part.withCopy(new Copy(writer.attempt(), rows));
        boolean rowsAlone = rows != null && variant == Variant.LEDGER_COMMITTED_AFTER;
        if (variant != Variant.NO_LEDGER && !rowsAlone && part.ledger() == Part.ABSENT) {
            after = after.withLedger(writer.attempt());
        }
        World committed = world.withPart(writer.part(), after);
        if (rowsAlone) {
            World alone = committed.withWriter(number, writer.with(null));
            moves.add(new Move(alone, "writer %1$d commits the rows", "", number, 0, 0));
            return;
        }
        on(committed, number, new Observation.Done(), "writer %1$d commits %2$d/%3$d", moves);
        on(
                committed,
                number,
                new Observation.Failed(BROKEN),
                "writer %1$d commits %2$d/%3$d, not hearing of it",
                moves);
    }

    /** Tells the protocol what was seen, and follows it to the next step that touches the world. */
    private void on(World world, int number, Observation observation, String what, List<Move> moves) {
        Writer writer = world.writers().get(number);
        WriteProtocol protocol = protocol(world, writer.part(), writer.attempt());
        Step next = next(protocol, writer.step(), observation);
        if (next instanceof Step.Finish) {
            next(protocol, next, new Observation.Failed(ROW));
            next = next(protocol, next, new Observation.Finished(Tally.ZERO));
        }
        if (next instanceof Step.RollBack) {
            next = next(protocol, next, new Observation.Done());
        }
        World after = world;
        if (next instanceof Step.Commit commit && variant == Variant.REPORT_BEFORE_COMMIT) {
            after = reported(world, writer, protocol.reply(new Outcome.Written(commit.row(), true), 0));
        }
        if (next instanceof Step.Report report) {
            seen.add("report " + kind(report.outcome()));
            World idle = world.withWriter(number, Writer.IDLE);
            World told = reported(idle, writer, protocol.reply(report.outcome(), 0));
            moves.add(new Move(told, what, ", and reports", number, writer.part(), writer.attempt()));
            moves.add(new Move(idle, what, ", the report is lost", number, writer.part(), writer.attempt()));
        } else {
            World gone = after.withWriter(number, writer.at(next));
            moves.add(new Move(gone, what, "", number, writer.part(), writer.attempt()));
        }
    }

    private Step next(WriteProtocol protocol, Step step, Observation observation) {
        names.computeIfAbsent(step.getClass(), key -> new HashMap<>()).computeIfAbsent(observation.getClass(), key -> {
            seen.add(step.getClass().getSimpleName() + " "
                    + observation.getClass().getSimpleName());
            return true;
        });
        return protocol.next(step, observation);
    }

    private static World reported(World world, Writer writer, Optional<Event> reply) {
        if (reply.isPresent() && reply.get() instanceof SubtaskWritten written) {
            Part part = world.parts().get(writer.part());
            return world.withPart(
                    writer.part(),
                    part.withReported(Integer.parseInt(written.attempt().value())));
        }
        return world;
    }

    private static String kind(Outcome outcome) {
        return outcome instanceof Outcome.Written written
                ? written.now() ? "written" : "found written"
                : outcome instanceof Outcome.Refused refused
                        ? refused.error().code().name()
                        : "again";
    }

    private static Observation held(World world, Writer writer) {
        int row = world.parts().get(writer.part()).ledger();
        return new Observation.LedgerHolds(ledgerRow(writer.part(), row));
    }

    private static @Nullable LedgerRow ledgerRow(int part, int row) {
        return switch (row) {
            case Part.ABSENT -> null;
            case Part.VOID -> LedgerRow.voided(SubtaskId.of(STEP, 0, part));
            default -> new LedgerRow(SubtaskId.of(STEP, 0, part), attemptId(row), Tally.ZERO, Tally.ZERO);
        };
    }

    private static AttemptId attemptId(int attempt) {
        return new AttemptId(Integer.toString(attempt));
    }

    private static World.Attempt attempt(World world, int part, int attempt) {
        return world.parts().get(part).attempts().get(attempt - 1);
    }

    private WriteProtocol protocol(World world, int part, int attempt) {
        int version = attempt(world, part, attempt).version();
        return protocols.computeIfAbsent(List.of(part, attempt, version), key -> {
            Tally read = World.tally(attempt(world, part, attempt).rowsRead());
            BatchRange range = new BatchRange(new Lane("rows", 0), 0, 1, 2);
            return new WriteProtocol(new SubtaskWrite(
                    SubtaskId.of(STEP, 0, part), "plan", "default", attemptId(attempt), range, read, 1));
        });
    }
}
