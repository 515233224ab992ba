package io.godwit.connector.kafka.avro;

import io.godwit.core.type.LogicalType;

/**
 * A column, a field of a record.
 *
 * @param nullable whether a value may be missing: it is a union with null then
 */
public record AvroColumn(String name, LogicalType type, boolean nullable) {}
