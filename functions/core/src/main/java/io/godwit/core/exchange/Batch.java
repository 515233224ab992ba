package io.godwit.core.exchange;

import io.godwit.core.run.AttemptId;
import io.godwit.core.run.SubtaskId;

/**
 * One record of the exchange: rows, or a part of one row, of one attempt at one subtask. See {@code schemas/batch/}.
 *
 * @param sequence from 0, without gaps within the attempt
 * @param rows how many rows <em>end</em> in this batch. A row larger than a batch runs on into the next ones.
 * @param payload the format's bytes, never changed after
 */
// The array is neither copied nor compared: it crosses one thread's stack from the wire to the sink.
@SuppressWarnings("ArrayRecordComponent")
public record Batch(SubtaskId subtask, AttemptId attempt, int sequence, int rows, byte[] payload) {}
