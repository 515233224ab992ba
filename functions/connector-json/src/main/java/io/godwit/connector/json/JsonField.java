package io.godwit.connector.json;

import io.godwit.core.type.LogicalType;

/** A column as a key of objects: its name there, and what its values are. */
public record JsonField(String name, LogicalType type) {}
