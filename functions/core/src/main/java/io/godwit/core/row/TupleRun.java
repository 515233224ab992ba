package io.godwit.core.row;

/** Takes whole tuples that lie side by side. */
@FunctionalInterface
public interface TupleRun {

    /** The bytes are the callee's only until it returns. */
    void tuples(byte[] bytes, int offset, int length, int rows);
}
