package io.godwit.planner.dispatch;

import io.godwit.core.exchange.Lane;

/** Where a subtask is read: a pool, and a lane of it that nobody else fills. */
public record Place(String pool, Lane lane) {}
