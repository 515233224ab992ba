package io.godwit.connector.kafka.avro;

/**
 * A field of a record that rows are written as.
 *
 * @param nullable whether it is a union of null, which comes first, and its type
 */
public record AvroField(String name, boolean nullable) {}
