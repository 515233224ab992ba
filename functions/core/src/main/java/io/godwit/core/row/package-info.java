/**
 * Rows on the wire: tuples, their hashes, and the batches that carry them. The layout is specified byte by byte in
 * {@code schemas/batch/README.md}.
 *
 * <ul>
 *   <li>A row is one PostgreSQL binary COPY tuple, from its field count to the last field's last byte, and its hash is
 *       XXH64 of exactly these bytes. Equal bytes are equal rows.
 *   <li>What an encoder tallied, a decoder that was given its batches in order tallies too; given anything else it
 *       throws EXCHANGE_RECORDS_LOST, whatever the bytes.
 *   <li>Neither allocates more than the bytes that it was given and one batch.
 *   <li>Tuples that are handed over lie side by side and are whole.
 * </ul>
 */
@NullMarked
package io.godwit.core.row;

import org.jspecify.annotations.NullMarked;
