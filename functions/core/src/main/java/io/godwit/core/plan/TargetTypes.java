package io.godwit.core.plan;

import io.godwit.core.table.TargetType;
import io.godwit.core.type.LogicalType;
import java.util.List;

/** What the sink said of types. A type that it said nothing of is its own, under its own name. */
final class TargetTypes {
    private final List<TargetType> types;

    TargetTypes(List<TargetType> types) {
        this.types = List.copyOf(types);
    }

    /** Whether the sink was asked about it. */
    boolean knows(LogicalType asked, boolean inKey) {
        return types.stream().anyMatch(type -> type.asked().equals(asked) && type.inKey() == inKey);
    }

    TargetType of(LogicalType asked, boolean inKey) {
        return types.stream()
                .filter(type -> type.asked().equals(asked) && type.inKey() == inKey)
                .findFirst()
                .orElseGet(() -> new TargetType(asked, inKey, asked, asked.notation(), null));
    }
}
