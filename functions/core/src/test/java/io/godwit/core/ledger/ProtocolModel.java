package io.godwit.core.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A small world in which everything that can go wrong does.
 *
 * <ul>
 *   <li>Readers: the source changes between attempts; a reader may stop for ever at every step.
 *   <li>Exchange: one record is deleted or altered at any time.
 *   <li>Events: each may be lost, late, doubled and out of order, also after the run's end.
 *   <li>Writers: each may crash at every step, lose its connection at every step, be refused a row, commit without
 *       hearing of it, stop and go on when everything else has moved.
 *   <li>Planner: asks to prepare, publish, close and reopen at any time and any number of times; may miss every answer.
 * </ul>
 */
final class ProtocolModel {
    private final Set<String> seen = new TreeSet<>();
    private final ReaderMoves readers;
    private final WriterMoves writers;
    private final ClosingMoves closers;

    ProtocolModel(Variant variant) {
        readers = new ReaderMoves();
        writers = new WriterMoves(variant, seen);
        closers = new ClosingMoves(variant, seen);
    }

    /** What the protocols were told and what they answered, over everything explored. */
    Set<String> seen() {
        return seen;
    }

    Collection<Move> moves(World world) {
        List<Move> moves = new ArrayList<>();
        for (int part = 0; part < world.parts().size(); part++) {
            readers.of(world, part, moves);
        }
        writers.deliver(world, moves);
        for (int writer = 0; writer < world.writers().size(); writer++) {
            writers.perform(world, writer, moves);
        }
        closers.of(world, moves);
        return moves;
    }
}
