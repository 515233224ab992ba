/**
 * Rows as Avro: what types are in it, tuples as its binary values and those as tuples. Nothing is rounded, cut or
 * guessed: what a type of Avro has no place for is refused, row by row.
 */
@NullMarked
package io.godwit.connector.kafka.avro;

import org.jspecify.annotations.NullMarked;
