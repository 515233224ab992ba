package io.godwit.ops;

import java.time.Instant;

/**
 * A dead letter as people see it.
 *
 * @param times how often it came: brokers hand over at least once
 */
public record DeadLetterView(DeadLetter letter, Instant firstAt, Instant lastAt, int times) {}
