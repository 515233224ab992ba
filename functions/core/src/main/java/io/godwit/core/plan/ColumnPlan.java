package io.godwit.core.plan;

import io.godwit.core.type.LogicalType;

/**
 * One column of the target in a table plan.
 *
 * @param target the target's column
 * @param origin where its values come from
 * @param wireType what batches carry, and what the sink takes for this column
 * @param targetNativeType the target's own name of its column's type, for casts and DDL
 */
public record ColumnPlan(String target, Origin origin, LogicalType wireType, String targetNativeType) {

    /** Whether the source's bytes are the wire's bytes. */
    public boolean passesThrough() {
        return origin instanceof Origin.SourceColumn source && source.type().equals(wireType);
    }
}
