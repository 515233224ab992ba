package io.godwit.planner.dispatch;

import io.godwit.core.run.SubtaskId;

/**
 * A subtask to be written.
 *
 * @param pool whose topic its rows wait in
 * @param bytes read
 * @param offsets of the exchange that its batches span
 * @param writes how often it was given to writers
 */
public record Waiting(SubtaskId id, Route route, String pool, long bytes, long offsets, int writes) {}
