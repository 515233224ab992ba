package io.godwit.connector.mongodb;

import java.util.Arrays;
import org.bson.BsonType;

/** Builds documents of BSON, one after the other, in one array that grows. Not safe for threads. */
final class DocumentBytes {
    private byte[] bytes = new byte[512];
    private int length;

    void clear() {
        length = 0;
    }

    /** Begins a document, the outermost or the value of an element. */
    int begin() {
        int began = length;
        int4(0);
        return began;
    }

    void end(int began) {
        int1(0);
        LittleEndian.int4(bytes, began, length - began);
    }

    /** What stands before a value. */
    void element(BsonType type, byte[] name) {
        int1(type.getValue());
        raw(name, 0, name.length);
        int1(0);
    }

    void int1(int value) {
        int at = room(1);
        bytes[at] = (byte) value;
    }

    void int4(int value) {
        int at = room(4);
        LittleEndian.int4(bytes, at, value);
    }

    void int8(long value) {
        int at = room(8);
        LittleEndian.int8(bytes, at, value);
    }

    void raw(byte[] from, int offset, int count) {
        int at = room(count);
        System.arraycopy(from, offset, bytes, at, count);
    }

    /** A string's value, of UTF-8. */
    void string(byte[] from, int offset, int count) {
        int4(count + 1);
        raw(from, offset, count);
        int1(0);
    }

    int length() {
        return length;
    }

    byte[] toByteArray() {
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
