package io.godwit.core.table;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.godwit.core.type.LogicalType;
import org.jspecify.annotations.Nullable;

/**
 * What a sink makes of a type in a table that it creates.
 *
 * @param asked the type of the values
 * @param inKey whether the column is one of the primary key, for which databases have fewer types
 * @param held what the sink's type holds: {@code asked} where it has the type, else what comes nearest; whether values
 *     are lost on the way is the lattice's to say
 * @param nativeType the sink's own name of its type, for DDL
 * @param refuses which values of {@code held} the sink does not take, for people: {@code NaN and infinities}. Rows with
 *     such a value are refused one by one, never changed; null: it takes all
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TargetType(
        LogicalType asked,
        boolean inKey,
        LogicalType held,
        String nativeType,
        @Nullable String refuses) {}
