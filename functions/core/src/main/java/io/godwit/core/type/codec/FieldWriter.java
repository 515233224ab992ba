package io.godwit.core.type.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Writes bytes, integers big-endian, into an array that grows. One object serves many fields. Not safe for threads. */
public final class FieldWriter {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] bytes = new byte[64];
    private int length;

    public void int1(int value) {
        int at = room(1);
        bytes[at] = (byte) value;
    }

    public void int2(int value) {
        int at = room(2);
        SHORT.set(bytes, at, (short) value);
    }

    public void int4(int value) {
        int at = room(4);
        INT.set(bytes, at, value);
    }

    public void int8(long value) {
        int at = room(8);
        LONG.set(bytes, at, value);
    }

    public void float4(float value) {
        int4(Float.floatToRawIntBits(value));
    }

    public void float8(double value) {
        int8(Double.doubleToRawLongBits(value));
    }

    public void bytes(byte[] value) {
        bytes(value, 0, value.length);
    }

    public void bytes(byte[] from, int offset, int count) {
        int at = room(count);
        System.arraycopy(from, offset, bytes, at, count);
    }

    /** The text in UTF-8. A surrogate without its other half is refused. */
    public void text(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSurrogatePair(text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : ' ')) {
                    throw new InvalidValueException("text with half a surrogate pair");
                }
                i++;
            }
        }
        bytes(text.getBytes(UTF_8));
    }

    /** The text, if all of it is ASCII; else nothing is written. */
    public boolean ascii(char[] text, int offset, int count) {
        int at = room(count);
        for (int i = 0; i < count; i++) {
            char c = text[offset + i];
            if (c > 0x7F) {
                length = at;
                return false;
            }
            bytes[at + i] = (byte) c;
        }
        return true;
    }

    /** Begins an element with a length of four bytes before it, which {@link #endElement} fills in. */
    public int beginElement() {
        int4(0);
        return length;
    }

    /** Ends the element that began where {@link #beginElement} said. */
    public void endElement(int began) {
        patchInt4(began - 4, length - began);
    }

    /** Replaces four bytes that were written. */
    public void patchInt4(int at, int value) {
        INT.set(bytes, at, value);
    }

    /** Replaces two bytes that were written. */
    public void patchInt2(int at, int value) {
        SHORT.set(bytes, at, (short) value);
    }

    /** Forgets what was written from {@code end} on. */
    public void truncate(int end) {
        length = Math.min(length, end);
    }

    public void clear() {
        length = 0;
    }

    public int length() {
        return length;
    }

    /** The array that holds what was written, from 0 to {@link #length}; another one after the next write. */
    public byte[] array() {
        return bytes;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    private int room(int more) {
        int at = length;
        if (more > bytes.length - at) {
            bytes = Arrays.copyOf(
                    bytes, Math.toIntExact(Math.max((long) at + more, Math.min(2L * bytes.length, 1 << 30))));
        }
        length = at + more;
        return at;
    }
}
