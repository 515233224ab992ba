package io.godwit.core.plan;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.plan.TypeRule.Decision;
import io.godwit.core.plan.TypeRule.Verdict;
import io.godwit.core.table.Column;
import io.godwit.core.table.Key;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TargetType;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.codec.Codecs;
import io.godwit.core.type.codec.InvalidValueException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What batches carry for each column of a target: its type where it exists; else what the mapping names; else the
 * widest of the types that its sources have.
 */
final class ColumnTypes {
    private final TypeRule rule;
    private final @Nullable TableDescription target;
    private final String sinkType;
    private final TargetTypes types;
    private final PlanProblems problems;
    private final List<String> notes;
    private final Map<String, Set<String>> refusing = new TreeMap<>();

    /** A type, the target's own name for it, and which of its values the target does not take. */
    private record Wire(
            LogicalType type, String nativeType, @Nullable String refuses) {}

    /**
     * For one target.
     *
     * @param target as it exists; null where it is to be created
     * @param sinkType the sink's connector
     * @param types what the sink makes of types
     */
    ColumnTypes(
            TypeRule rule,
            @Nullable TableDescription target,
            String sinkType,
            TargetTypes types,
            PlanProblems problems,
            List<String> notes) {
        this.rule = rule;
        this.target = target;
        this.sinkType = sinkType;
        this.types = types;
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
                check(draft, name, cell, wire);
                plan.add(new ColumnPlan(name, cell.origin(), wire.type, wire.nativeType));
            });
            plans.add(plan);
        }
        refusing.forEach((note, columns) -> notes.add(note + "; a row with one is refused (" + some(columns) + ")"));
        return plans;
    }

    private Wire wire(String name, List<Draft> drafts) {
        if (target != null && target.column(name).isPresent()) {
            Column column = target.column(name).get();
            return new Wire(
                    column.type(),
                    column.nativeType(),
                    types.of(column.type(), false).refuses());
        }
        boolean inKey = drafts.stream().anyMatch(draft -> isInKey(draft, name));
        Wire widest = null;
        for (Draft draft : drafts) {
            Cell cell = draft.cells().get(name);
            if (cell != null && !cell.isNull()) {
                Wire wire = wire(draft, cell, inKey);
                widest = widest == null ? wire : wider(widest, wire, inKey);
            }
        }
        return widest == null ? created(RequestedTypes.TEXT, inKey) : widest;
    }

    /**
     * The one that holds the other's values; else a third that holds both; else the first, which refuses the second.
     */
    private Wire wider(Wire one, Wire other, boolean inKey) {
        if (fits(other.type, one.type)) {
            return one;
        }
        if (fits(one.type, other.type)) {
            return other;
        }
        return TypeJoin.of(one.type, other.type)
                .filter(joined -> types.knows(joined, inKey))
                .filter(joined -> fits(one.type, joined) && fits(other.type, joined))
                .map(joined -> created(joined, inKey))
                .orElse(one);
    }

    private Wire wire(Draft draft, Cell cell, boolean inKey) {
        if (cell.requested() != null) {
            return created(cell.requested(), inKey);
        }
        if (cell.source() == null) {
            return created(RequestedTypes.TEXT, inKey);
        }
        boolean sameKind = draft.match().connection().type().equals(sinkType) && cell.formula() == null;
        return sameKind
                ? new Wire(cell.source().type(), cell.source().nativeType(), null)
                : created(cell.source().type(), inKey);
    }

    /** Of a column that is to be created. */
    private Wire created(LogicalType asked, boolean inKey) {
        TargetType type = types.of(asked, inKey);
        return new Wire(type.held(), type.nativeType(), type.refuses());
    }

    private static boolean isInKey(Draft draft, String name) {
        Cell cell = draft.cells().get(name);
        Key key = draft.match().table().primaryKey();
        return draft.match().key().contains(name)
                || (cell != null
                        && cell.source() != null
                        && key != null
                        && key.columns().contains(cell.source().name()));
    }

    private void check(Draft draft, String name, Cell cell, Wire target) {
        LogicalType wire = target.type;
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
        boolean sameKind = draft.match().connection().type().equals(sinkType);
        if (target.refuses != null && !sameKind && decision.verdict() != Verdict.IMPOSSIBLE) {
            refusing.computeIfAbsent(
                            draft.match().target().display() + ": " + target.nativeType + " takes no " + target.refuses,
                            note -> new TreeSet<>())
                    .add(name);
        }
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

    private static String some(Set<String> columns) {
        String first = columns.stream().limit(3).collect(Collectors.joining(", "));
        return columns.size() > 3 ? first + " and " + (columns.size() - 3) + " more" : first;
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
                                + "\" under columns:, or for all columns of that type under types:, or widen "
                                + "the target's column."
                        : "Leave the column out under columns:, or change the target's column.");
    }

    private static String column(Draft draft, String name) {
        return draft.match().display() + ", column " + name;
    }
}
