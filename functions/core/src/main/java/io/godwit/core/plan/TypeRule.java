package io.godwit.core.plan;

import io.godwit.core.type.LogicalType;
import io.godwit.core.type.TypeDecision;
import io.godwit.core.type.TypeLattice;

/** Whether values of one type can be held by another. */
public interface TypeRule {

    /** What becomes of values, and why. */
    record Decision(Verdict verdict, String reason) {}

    /** From best to worst. */
    enum Verdict {
        /** The bytes pass as they are. */
        IDENTICAL,
        /** Every value has its place. */
        WIDENING,
        /** Some values may not: the job must consent. */
        NARROWING,
        /** There is no sensible conversion. */
        IMPOSSIBLE
    }

    Decision decide(LogicalType from, LogicalType to);

    /** What {@link TypeLattice} says: the rule of every plan that is run. */
    TypeRule LATTICE = (from, to) -> {
        TypeDecision decision = TypeLattice.decide(from, to);
        return new Decision(Verdict.valueOf(decision.kind().name()), decision.reason());
    };

    /** Nothing becomes anything else. */
    TypeRule EQUAL = (from, to) -> from.equals(to)
            ? new Decision(Verdict.IDENTICAL, "the same type")
            : new Decision(Verdict.IMPOSSIBLE, "the types differ");
}
