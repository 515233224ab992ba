package io.godwit.connector.file.format;

import io.godwit.core.type.LogicalType;

/** A column of a file: its name there, and what its values are. */
public record FileColumn(String name, LogicalType type) {}
