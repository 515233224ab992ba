package io.godwit.planner.subtask;

import io.godwit.core.exchange.BatchRange;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.Tally;

/** Rows of one attempt that wait in the exchange, and what they must prove to be. */
public record Announced(AttemptId attempt, BatchRange range, Tally read) {}
