package io.godwit.core.expression;

/** A row that expressions look at: its fields in the wire's layout of their types. */
public interface Row {

    boolean isNull(int field);

    /** The array that holds the field. */
    byte[] bytes();

    int offset(int field);

    /** In bytes; means nothing for NULL. */
    int length(int field);
}
