package io.godwit.core.ledger;

import io.godwit.core.ledger.World.Attempt;
import io.godwit.core.ledger.World.Damage;
import io.godwit.core.ledger.World.Part;
import io.godwit.core.ledger.World.Reading;
import java.util.List;

/**
 * What happens before a writer hears of rows. Readers are given a subtask as often as there are attempts, whatever the
 * run's state: the planner may be late, restarted or mistaken. The source changes once, at any time; once, the exchange
 * loses or alters a record.
 */
final class ReaderMoves {
    void of(World world, int number, List<Move> moves) {
        Part part = world.parts().get(number);
        if (part.source() == 0) {
            World changed = world.withPart(number, part.withSource(1));
            moves.add(new Move(changed, "the source of %2$d changes", "", 0, number, 0));
        }
        boolean begun = false;
        for (int attempt = 1; attempt <= part.attempts().size(); attempt++) {
            Attempt reading = part.attempts().get(attempt - 1);
            switch (reading.reading()) {
                case NOT_BEGUN -> {
                    if (!begun) {
                        begun = true;
                        Attempt sending = new Attempt(Reading.SENDING, part.source(), Damage.NONE);
                        World read = world.withPart(number, part.withAttempt(attempt, sending));
                        moves.add(new Move(read, "a reader reads %2$d/%3$d", "", 0, number, attempt));
                    }
                }
                case SENDING -> {
                    Attempt announced = new Attempt(Reading.ANNOUNCED, reading.version(), Damage.NONE);
                    World sent = world.withPart(number, part.withAttempt(attempt, announced));
                    moves.add(new Move(sent, "a reader announces %2$d/%3$d", "", 0, number, attempt));
                }
                case ANNOUNCED -> damage(world, number, attempt, moves);
            }
        }
    }

    private void damage(World world, int number, int attempt, List<Move> moves) {
        if (world.damaged()) {
            return;
        }
        Part part = world.parts().get(number);
        Attempt announced = part.attempts().get(attempt - 1);
        for (Damage damage : Damage.values()) {
            if (damage != Damage.NONE) {
                Attempt damaged = new Attempt(Reading.ANNOUNCED, announced.version(), damage);
                World after = world.withDamage(number, part.withAttempt(attempt, damaged));
                moves.add(new Move(after, "a record of %2$d/%3$d: ", damage.name(), 0, number, attempt));
            }
        }
    }
}
