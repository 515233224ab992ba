package io.godwit.core.plan;

/** A split and how much it is thought to hold; -1: unknown. */
public record PlannedSplit(Split split, long estimatedRows, long estimatedBytes) {}
