package io.godwit.core.type.codec;

/** Makes a field of one type out of a field of another. Has no state; safe for threads. */
@FunctionalInterface
public interface FieldConverter {

    /**
     * Adds the bytes of the field that the given ones become. Never called for NULL.
     *
     * @throws InvalidValueException where this value cannot become one of the other type, or the bytes are no value
     */
    void convert(byte[] from, int offset, int length, FieldWriter out);
}
