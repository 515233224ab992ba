package io.godwit.core.ledger;

import io.godwit.core.ledger.World.Attempt;
import io.godwit.core.ledger.World.Copy;
import io.godwit.core.ledger.World.Part;

/** What must hold in every state, and across every move. */
enum Invariant {
    ROWS_NOT_AT_ALL_OR_ONCE_AS_READ,
    VOIDED_ROWS_NEVER_APPEAR,
    NOTHING_CHANGES_UNLESS_OPEN,
    PUBLISHED_FOR_EVER,
    COMPLETED_HAS_EVERY_SUBTASK,
    REPORTED_IS_WRITTEN,
    LEDGER_TELLS_THE_TRUTH;

    boolean holds(World before, World after) {
        return switch (this) {
            case NOTHING_CHANGES_UNLESS_OPEN -> before.run() == RunRow.OPEN || sameTargets(before, after);
            case PUBLISHED_FOR_EVER -> before.run() != RunRow.PUBLISHED || after.run() == RunRow.PUBLISHED;
            default -> after.parts().stream().allMatch(part -> holdsOf(part, after));
        };
    }

    private boolean holdsOf(Part part, World world) {
        boolean empty = part.target().isEmpty();
        int written = empty ? 0 : part.target().get(0).attempt();
        return switch (this) {
            case ROWS_NOT_AT_ALL_OR_ONCE_AS_READ -> empty || onceAsRead(part);
            case VOIDED_ROWS_NEVER_APPEAR -> empty || part.ledger() != Part.VOID;
            case COMPLETED_HAS_EVERY_SUBTASK ->
                !world.completed() || (world.run() == RunRow.PUBLISHED && onceAsRead(part));
            case REPORTED_IS_WRITTEN ->
                part.reported() == 0
                        || (part.reported() == 1 << written && (world.pruned() || part.ledger() == written));
            case LEDGER_TELLS_THE_TRUTH -> world.pruned() || Math.max(part.ledger(), 0) == written;
            case NOTHING_CHANGES_UNLESS_OPEN, PUBLISHED_FOR_EVER -> true;
        };
    }

    private static boolean onceAsRead(Part part) {
        if (part.target().size() != 1) {
            return false;
        }
        Copy copy = part.target().get(0);
        Attempt attempt = part.attempts().get(copy.attempt() - 1);
        return copy.rows().equals(attempt.rowsRead());
    }

    private static boolean sameTargets(World before, World after) {
        for (int number = 0; number < before.parts().size(); number++) {
            if (!before.parts()
                    .get(number)
                    .target()
                    .equals(after.parts().get(number).target())) {
                return false;
            }
        }
        return true;
    }
}
