package io.godwit.e2e.bad;

import java.util.List;

/** What can be wrong with the places of one connector. */
interface BadKind extends AutoCloseable {

    /** What a plan refuses, and a run where it is made nevertheless: nothing is changed anywhere. */
    List<Bad> places();

    /** Rows that fail a run once they are met. */
    default List<Bad> rows() {
        return List.of();
    }

    @Override
    default void close() {}
}
