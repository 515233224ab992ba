package io.godwit.connector.http;

import com.fasterxml.jackson.core.JsonPointer;
import org.jspecify.annotations.Nullable;

/**
 * Where things stand in an answer.
 *
 * @param rows the list of rows
 * @param total how many rows the table has; null: not in the answer's content
 * @param next the token or address of the next answer; null: not in the answer's content
 */
record Places(
        JsonPointer rows,
        @Nullable JsonPointer total,
        @Nullable JsonPointer next) {}
