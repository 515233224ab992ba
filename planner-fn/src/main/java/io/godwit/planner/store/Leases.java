package io.godwit.planner.store;

/** All leases at once. */
public final class Leases {
    private Leases() {}

    /** Ends every lease: nobody who held one lives. */
    public static void endAll(Session session) {
        Duties.free(session);
        SubtaskSets.endLeases(session);
    }
}
