package io.godwit.core.exchange;

/**
 * The records of one attempt: all of them lie between these offsets of the lane, both inclusive. Records of others may
 * lie between them. An attempt with no rows has {@code batches == 0}, and offsets that mean nothing.
 */
public record BatchRange(Lane lane, long firstOffset, long lastOffset, int batches) {}
