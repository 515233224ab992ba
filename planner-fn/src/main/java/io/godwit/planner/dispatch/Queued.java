package io.godwit.planner.dispatch;

import io.godwit.core.run.SubtaskId;

/**
 * A subtask to be read.
 *
 * @param bytes as estimated, -1 where unknown
 * @param reads how often it was given to readers
 */
public record Queued(SubtaskId id, long bytes, int reads) {}
