package io.godwit.core.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.godwit.core.type.LogicalType;
import org.jspecify.annotations.Nullable;

/** Where a target column's values come from. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Origin.SourceColumn.class, name = "column"),
    @JsonSubTypes.Type(value = Origin.Constant.class, name = "constant"),
    @JsonSubTypes.Type(value = Origin.Computed.class, name = "computed")
})
public sealed interface Origin {

    /** A column of the source, of the source's type. */
    record SourceColumn(String name, LogicalType type) implements Origin {}

    /** The same value in every row, as the wire type's text form; null is NULL. Parameters are resolved. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Constant(@Nullable String text) implements Origin {}

    /** Computed from the row by the reader. */
    record Computed(Formula formula) implements Origin {}
}
