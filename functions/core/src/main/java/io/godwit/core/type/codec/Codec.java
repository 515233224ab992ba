package io.godwit.core.type.codec;

/**
 * Reads and writes values of one logical type, NULL excepted, as bytes and as text. Has no state; safe for threads.
 *
 * @param <T> what a value is in Java, see {@link Codecs}
 */
public interface Codec<T> {

    /**
     * Reads the value that fills the rest of the field.
     *
     * @throws InvalidValueException where the bytes are none
     */
    T read(FieldReader in);

    /** Adds the value's bytes. */
    void write(T value, FieldWriter out);

    /** The value as PostgreSQL's output function writes it. */
    String format(T value);

    /**
     * Reads what {@link #format} writes, and some of what else PostgreSQL's input function takes. Fits the value into
     * the type's length, precision and scale as storing it would: fractions are rounded.
     *
     * @throws InvalidValueException where the text is no value of the type, or does not fit
     */
    T parse(String text);

    default T decode(byte[] bytes, int offset, int length) {
        FieldReader in = new FieldReader(bytes, offset, length);
        T value = read(in);
        in.end();
        return value;
    }

    default T decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length);
    }

    default byte[] encode(T value) {
        FieldWriter out = new FieldWriter();
        write(value, out);
        return out.toByteArray();
    }
}
