package io.godwit.core.ledger;

import io.godwit.core.error.GodwitException;
import io.godwit.core.ledger.World.Closing;
import io.godwit.core.ledger.World.Part;
import io.godwit.core.ledger.World.Writer;
import io.godwit.core.run.Digest;
import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is done to the run row. Every question may be asked at any time, by a planner that is late, restarted or
 * mistaken, and its answer may be lost: nothing rests on who asks.
 */
final class ClosingMoves {
    private static final StepId STEP = StepId.of(RunId.of("job", Instant.EPOCH), "copy");

    private final Variant variant;
    private final Set<String> seen;
    private final Map<Asked, Answer> answers = new HashMap<>();

    private enum Answer {
        ACTS,
        DONE_BEFORE,
        REFUSES
    }

    private record Asked(Closing closing, RunRow run, long written, long planned) {}

    ClosingMoves(Variant variant, Set<String> seen) {
        this.variant = variant;
        this.seen = seen;
    }

    void of(World world, List<Move> moves) {
        if (world.closer() != null) {
            moves.add(Move.of(world.withCloser(null), "the closer crashes"));
            act(world, world.closer(), moves);
            return;
        }
        boolean shared = variant.locksRunRow() && world.writers().stream().anyMatch(Writer::holdsRunRow);
        if (!shared) {
            for (Closing closing : Closing.values()) {
                ask(world, closing, moves);
            }
        }
        voidOne(world, moves);
        if (world.run() == RunRow.PUBLISHED && !world.pruned()) {
            moves.add(Move.of(world.withLedgerPruned(), "the ledger is pruned"));
        }
    }

    private void ask(World world, Closing closing, List<Move> moves) {
        Asked asked =
                new Asked(closing, world.run(), counted(world), world.parts().size());
        switch (answers.computeIfAbsent(asked, this::answer)) {
            case ACTS -> {
                World locked = world.withCloser(closing);
                moves.add(new Move(locked, "a closer locks the run row to ", closing.name(), 0, 0, 0));
            }
            case DONE_BEFORE -> {
                if (closing == Closing.PUBLISH) {
                    moves.add(Move.of(world.withCompleted(), "the planner hears that it was published"));
                }
            }
            case REFUSES -> {}
        }
    }

    private Answer answer(Asked asked) {
        try {
            boolean acts = switch (asked.closing()) {
                case PREPARE -> ClosingProtocol.prepares(STEP, asked.run(), asked.written());
                case PUBLISH ->
                    ClosingProtocol.publishes(STEP, asked.run(), set(asked.written()), set(asked.planned()));
                case CLOSE, CLOSE_WITHOUT_VOIDS -> ClosingProtocol.closes(asked.run());
                case REOPEN -> ClosingProtocol.reopens(asked.run());
            };
            return acts ? Answer.ACTS : Answer.DONE_BEFORE;
        } catch (GodwitException refused) {
            seen.add(asked.closing() + " " + refused.code());
            return Answer.REFUSES;
        }
    }

    /** Parts of the model are told apart by number alone. */
    private static SubtaskSet set(long subtasks) {
        return new SubtaskSet(subtasks, Digest.EMPTY);
    }

    private long counted(World world) {
        return switch (variant) {
            case PUBLISHED_UNCOUNTED -> world.parts().size();
            case NO_LEDGER ->
                world.parts().stream().filter(part -> part.reported() != 0).count();
            default -> world.written();
        };
    }

    private void act(World world, Closing closing, List<Move> moves) {
        World after = world.withCloser(null);
        seen.add(closing.name());
        switch (closing) {
            case PREPARE -> moves.add(Move.of(after.withRun(RunRow.OPEN), "PREPARE is committed"));
            case REOPEN -> {
                List<Part> parts = world.parts().stream()
                        .map(part -> part.ledger() == Part.VOID ? part.withLedger(Part.ABSENT) : part)
                        .toList();
                moves.add(Move.of(after.withParts(parts).withRun(RunRow.OPEN), "REOPEN is committed"));
            }
            case PUBLISH -> {
                World published = after.withRun(RunRow.PUBLISHED);
                moves.add(Move.of(published, "PUBLISH is committed, its answer lost"));
                moves.add(Move.of(published.withCompleted(), "PUBLISH is committed, the planner told"));
            }
            case CLOSE_WITHOUT_VOIDS ->
                moves.add(Move.of(after.withRun(RunRow.CLOSED), "CLOSE is committed without voids"));
            case CLOSE -> {
                if (!anybodyClaims(world)) {
                    List<Part> parts = world.parts().stream()
                            .map(part -> part.ledger() == Part.ABSENT ? part.withLedger(Part.VOID) : part)
                            .toList();
                    moves.add(Move.of(after.withParts(parts).withRun(RunRow.CLOSED), "CLOSE is committed"));
                }
            }
        }
    }

    /** A void, like every ledger row, waits for whoever inserts the same subtask. */
    private boolean anybodyClaims(World world) {
        return variant.waitsAtClaim()
                && world.writers().stream().anyMatch(writer -> writer.holdsClaimOn(writer.part()));
    }

    /** A subtask that proved too large is voided while the run is open: whoever inserts first wins. */
    private void voidOne(World world, List<Move> moves) {
        for (int number = 0;
                world.run() == RunRow.OPEN && number < world.parts().size();
                number++) {
            int wanted = number;
            Part part = world.parts().get(number);
            boolean claimed = world.writers().stream().anyMatch(writer -> writer.holdsClaimOn(wanted));
            boolean absent = part.ledger() == Part.ABSENT || variant == Variant.VOID_OVERWRITES;
            if (absent && part.ledger() != Part.VOID && !(claimed && variant.waitsAtClaim())) {
                moves.add(new Move(
                        world.withPart(number, part.withLedger(Part.VOID)), "%2$d is voided", "", 0, number, 0));
            }
        }
    }
}
