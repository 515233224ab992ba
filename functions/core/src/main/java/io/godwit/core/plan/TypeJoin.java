package io.godwit.core.plan;

import io.godwit.core.table.Column;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.Temporal;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Of two types of which neither holds all values of the other, the narrowest third that may: whether it does is the
 * type rule's to say. Only of one family: a number and a date have none but text, which nobody meant.
 */
final class TypeJoin {
    /** A column name with more types than this is no column of shards. */
    private static final int MOST_TYPES = 32;

    private TypeJoin() {}

    static Optional<LogicalType> of(LogicalType one, LogicalType other) {
        if (one instanceof Temporal first && other instanceof Temporal second && first.kind() == second.kind()) {
            return Optional.of(new Temporal(first.kind(), null));
        }
        Optional<Decimal> first = decimal(one);
        Optional<Decimal> second = decimal(other);
        if (first.isPresent() && second.isPresent()) {
            return Optional.of(join(first.get(), second.get()));
        }
        return isNumber(one) && isNumber(other) ? Optional.of(Scalar.FLOAT8) : Optional.empty();
    }

    /** What columns of one name may become together: a sink must be asked about it beforehand. */
    static Set<LogicalType> all(StepQuestion question) {
        Map<String, Set<LogicalType>> byName = new HashMap<>();
        question.sources().stream()
                .flatMap(source -> source.tables().stream())
                .flatMap(table -> table.columns().stream())
                .forEach(column -> add(byName, column));
        Set<LogicalType> joins = new LinkedHashSet<>();
        byName.values().forEach(types -> joins.addAll(closed(types)));
        return joins;
    }

    private static void add(Map<String, Set<LogicalType>> byName, Column column) {
        byName.computeIfAbsent(column.name(), name -> new LinkedHashSet<>()).add(column.type());
    }

    /** With the joins of all pairs, and of those again: shards are fitted to one another one by one. */
    private static Set<LogicalType> closed(Set<LogicalType> types) {
        Set<LogicalType> closed = new LinkedHashSet<>(types);
        boolean grows = types.size() > 1;
        while (grows && closed.size() <= MOST_TYPES) {
            Set<LogicalType> more = new LinkedHashSet<>();
            List<LogicalType> all = List.copyOf(closed);
            all.forEach(one -> all.forEach(other -> {
                if (!one.equals(other)) {
                    of(one, other).ifPresent(more::add);
                }
            }));
            grows = closed.addAll(more);
        }
        return closed;
    }

    private static Decimal join(Decimal one, Decimal other) {
        if (one.precision() == null || other.precision() == null) {
            return new Decimal(null, null);
        }
        int scale = Math.max(scale(one), scale(other));
        int whole = Math.max(one.precision() - scale(one), other.precision() - scale(other));
        return new Decimal(whole + scale, scale);
    }

    private static int scale(Decimal decimal) {
        return decimal.scale() == null ? 0 : decimal.scale();
    }

    /** The decimal that holds a whole number of the type exactly. */
    private static Optional<Decimal> decimal(LogicalType type) {
        if (type instanceof Decimal decimal) {
            return Optional.of(decimal);
        }
        if (!(type instanceof Scalar scalar)) {
            return Optional.empty();
        }
        return switch (scalar) {
            case INT2 -> Optional.of(new Decimal(5, 0));
            case INT4, OID -> Optional.of(new Decimal(10, 0));
            case INT8 -> Optional.of(new Decimal(19, 0));
            case XID8 -> Optional.of(new Decimal(20, 0));
            default -> Optional.empty();
        };
    }

    private static boolean isNumber(LogicalType type) {
        return type == Scalar.FLOAT4 || type == Scalar.FLOAT8 || decimal(type).isPresent();
    }
}
