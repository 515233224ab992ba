package io.godwit.core.plan;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.plan.TypeRule.Decision;
import io.godwit.core.plan.TypeRule.Verdict;
import io.godwit.core.table.Column;
import io.godwit.core.table.TableDescription;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.codec.Codecs;
import io.godwit.core.type.codec.InvalidValueException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What batches carry for each column of a target: its type where it exists; else what the mapping names; else the
 * widest of the types that its sources have.
 */
final class ColumnTypes {
    private final TypeRule rule;
    private final @Nullable TableDescription target;
    private final String sinkType;
    private final PlanProblems problems;
    private final List<String> notes;

    /** A type, and the target's own name for it. */
    private record Wire(LogicalType type, String nativeType) {}

    /**
     * For one target.
     *
     * @param target as it exists; null where it is to be created
     * @param sinkType the sink's connector
     */
    ColumnTypes(
            TypeRule rule,
            @Nullable TableDescription target,
            String sinkType,
            PlanProblems problems,
            List<String> notes) {
        this.rule = rule;
        this.target = target;
        this.sinkType = sinkType;
        this.problems = problems;
        this.notes = notes;
    }

    /** The columns of each draft, in their order. */
    List<List<ColumnPlan>> decide(List<Draft> drafts) {
        Map<String, Wire> wires = new HashMap<>();
        List<List<ColumnPlan>> plans = new ArrayList<>();
        for (Draft draft : drafts) {
            List<ColumnPlan> plan = new ArrayList<>();
            draft.cells().forEach((name, cell) -> {
                Wire wire = wires.computeIfAbsent(name, column -> wire(column, drafts));
                check(draft, name, cell, wire.type);
                plan.add(new ColumnPlan(name, cell.origin(), wire.type, wire.nativeType));
            });
            plans.add(plan);
        }
        return plans;
    }

    private Wire wire(String name, List<Draft> drafts) {
        if (target != null && target.column(name).isPresent()) {
            Column column = target.column(name).get();
            return new Wire(column.type(), column.nativeType());
        }
        Wire widest = null;
        for (Draft draft : drafts) {
            Cell cell = draft.cells().get(name);
            if (cell != null && !cell.isNull()) {
                Wire wire = wire(draft, cell);
                boolean wider = widest == null
                        || (!fits(wire.type, widest.type)
                                && rule.decide(widest.type, wire.type).verdict() == Verdict.WIDENING);
                widest = wider ? wire : widest;
            }
        }
        return widest == null ? new Wire(LogicalType.Scalar.TEXT, LogicalType.Scalar.TEXT.notation()) : widest;
    }

    private Wire wire(Draft draft, Cell cell) {
        if (cell.requested() != null) {
            return new Wire(cell.requested(), cell.requested().notation());
        }
        if (cell.source() == null) {
            return new Wire(LogicalType.Scalar.TEXT, LogicalType.Scalar.TEXT.notation());
        }
        LogicalType type = cell.source().type();
        boolean sameKind = draft.match().connection().type().equals(sinkType);
        return new Wire(type, sameKind ? cell.source().nativeType() : type.notation());
    }

    private void check(Draft draft, String name, Cell cell, LogicalType wire) {
        if (cell.requested() != null && !fits(cell.requested(), wire)) {
            refuse(
                    draft,
                    name,
                    cell.requested(),
                    wire,
                    rule.decide(cell.requested(), wire).reason());
            return;
        }
        if (cell.source() == null) {
            checkConstant(draft, name, cell, wire);
            return;
        }
        LogicalType from = cell.source().type();
        Decision decision = rule.decide(from, wire);
        String change = column(draft, name) + ": " + from.notation() + " becomes " + wire.notation();
        switch (decision.verdict()) {
            case IDENTICAL -> {}
            case WIDENING -> notes.add(change + ", without loss");
            case NARROWING -> {
                if (cell.requested() == null) {
                    refuse(draft, name, from, wire, decision.reason());
                } else {
                    notes.add(change + ", as the job consents: " + decision.reason());
                }
            }
            case IMPOSSIBLE -> refuse(draft, name, from, wire, decision.reason());
        }
    }

    private void checkConstant(Draft draft, String name, Cell cell, LogicalType wire) {
        if (cell.constant() == null) {
            return;
        }
        try {
            Codecs.of(wire).parse(cell.constant());
        } catch (InvalidValueException e) {
            problems.add(
                    ErrorCode.TYPE_INCOMPATIBLE,
                    column(draft, name) + ": its value is no " + wire.notation() + ": " + e.getMessage(),
                    "Mend the value under columns:, or name its type: there.");
        }
    }

    private boolean fits(LogicalType from, LogicalType to) {
        Verdict verdict = rule.decide(from, to).verdict();
        return verdict == Verdict.IDENTICAL || verdict == Verdict.WIDENING;
    }

    private void refuse(Draft draft, String name, LogicalType from, LogicalType to, String reason) {
        boolean narrowing = rule.decide(from, to).verdict() == Verdict.NARROWING;
        problems.add(
                ErrorCode.TYPE_INCOMPATIBLE,
                column(draft, name) + ": " + from.notation() + " does not fit into " + to.notation() + ": " + reason,
                narrowing
                        ? "Consent to it with type: \"" + to.notation()
                                + "\" under columns:, or widen the target's column."
                        : "Leave the column out under columns:, or change the target's column.");
    }

    private static String column(Draft draft, String name) {
        return draft.match().display() + ", column " + name;
    }
}
