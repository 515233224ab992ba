/**
 * How values of each logical type lie in bytes and read as text.
 *
 * <ul>
 *   <li>Bytes are those of PostgreSQL's binary send and receive functions; {@code schemas/batch/types.md} lists them.
 *   <li>Text is what PostgreSQL's output functions write under DateStyle ISO, IntervalStyle postgres, TimeZone UTC,
 *       extra_float_digits 1 and bytea_output hex, and what its input functions read of that.
 *   <li>{@code encode(decode(bytes))} is {@code bytes} for bytes that PostgreSQL sent, and {@code parse(format(value))}
 *       equals {@code value}.
 *   <li>Bytes or text that are no value of the type are refused with InvalidValueException, whose message never holds
 *       them.
 * </ul>
 */
@NullMarked
package io.godwit.core.type.codec;

import org.jspecify.annotations.NullMarked;
