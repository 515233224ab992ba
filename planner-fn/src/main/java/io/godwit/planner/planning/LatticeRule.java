package io.godwit.planner.planning;

import io.godwit.core.plan.TypeRule;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.TypeDecision;
import io.godwit.core.type.TypeLattice;

/** Types hold one another as the lattice says. */
public final class LatticeRule implements TypeRule {
    @Override
    public Decision decide(LogicalType from, LogicalType to) {
        TypeDecision decided = TypeLattice.decide(from, to);
        Verdict verdict = switch (decided.kind()) {
            case IDENTICAL -> Verdict.IDENTICAL;
            case WIDENING -> Verdict.WIDENING;
            case NARROWING -> Verdict.NARROWING;
            case IMPOSSIBLE -> Verdict.IMPOSSIBLE;
        };
        return new Decision(verdict, decided.reason());
    }
}
