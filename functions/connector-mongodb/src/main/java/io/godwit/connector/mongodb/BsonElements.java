package io.godwit.connector.mongodb;

import io.godwit.core.type.codec.InvalidValueException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bson.BsonType;
import org.bson.RawBsonDocument;

/**
 * A walk over the elements of a document's bytes (bsonspec.org), which sees what a map would hide: a name that is there
 * twice, and each value's very bytes. One object serves many documents. Not safe for threads.
 */
final class BsonElements {
    private static final int EMPTY = 5;

    private byte[] bytes = new byte[0];
    private int at;
    private int end;
    private int nameFrom;
    private int nameTo;
    private int type;
    private int from;
    private int to;

    BsonElements of(RawBsonDocument document) {
        ByteBuffer buffer = document.getByteBuffer().asNIO();
        return of(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
    }

    BsonElements of(byte[] source, int offset, int length) {
        if (length < EMPTY || LittleEndian.int4(source, offset) != length || source[offset + length - 1] != 0) {
            throw new InvalidValueException("not a document of BSON");
        }
        bytes = source;
        at = offset + 4;
        end = offset + length - 1;
        return this;
    }

    /** Goes to the next element, and says whether there is one. */
    boolean next() {
        if (at >= end) {
            return false;
        }
        type = bytes[at] & 0xFF;
        nameFrom = at + 1;
        nameTo = zero(nameFrom);
        from = nameTo + 1;
        long size = size();
        if (size < 0 || size > end - from) {
            throw new InvalidValueException("an element that is longer than its document");
        }
        to = from + (int) size;
        at = to;
        return true;
    }

    private long size() {
        return switch (BsonType.findByValue(type)) {
            case UNDEFINED, NULL, MIN_KEY, MAX_KEY -> 0;
            case BOOLEAN -> 1;
            case INT32 -> 4;
            case DOUBLE, DATE_TIME, TIMESTAMP, INT64 -> 8;
            case OBJECT_ID -> 12;
            case DECIMAL128 -> 16;
            case STRING, JAVASCRIPT, SYMBOL -> 4L + prefix();
            case BINARY -> 5L + prefix();
            case DB_POINTER -> 16L + prefix();
            case DOCUMENT, ARRAY, JAVASCRIPT_WITH_SCOPE -> prefix();
            case REGULAR_EXPRESSION -> zero(zero(from) + 1) + 1L - from;
            default -> throw new InvalidValueException("an element of type " + type);
        };
    }

    private int prefix() {
        if (end - from < 4) {
            throw new InvalidValueException("an element that is longer than its document");
        }
        int length = LittleEndian.int4(bytes, from);
        if (length < 0) {
            throw new InvalidValueException("an element of a negative length");
        }
        return length;
    }

    private int zero(int begin) {
        for (int i = begin; i < end; i++) {
            if (bytes[i] == 0) {
                return i;
            }
        }
        throw new InvalidValueException("a name without an end");
    }

    BsonType type() {
        return BsonType.findByValue(type);
    }

    boolean isNamed(byte[] name) {
        return Arrays.equals(bytes, nameFrom, nameTo, name, 0, name.length);
    }

    String name() {
        return new String(bytes, nameFrom, nameTo - nameFrom, StandardCharsets.UTF_8);
    }

    byte[] nameBytes() {
        return Arrays.copyOfRange(bytes, nameFrom, nameTo);
    }

    byte[] bytes() {
        return bytes;
    }

    /** Where the value begins. */
    int from() {
        return from;
    }

    /** Bytes of the value. */
    int length() {
        return to - from;
    }
}
