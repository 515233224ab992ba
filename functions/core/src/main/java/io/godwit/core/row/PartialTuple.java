package io.godwit.core.row;

import java.util.Arrays;

/**
 * A tuple, or a row that the reader refused, that comes in pieces. Grows with the bytes that came, never by a length
 * that they state.
 */
final class PartialTuple {
    private final int columns;
    private final long maxBytes;
    private byte[] bytes = new byte[0];
    private int length;
    /** Bytes of the tuple that are known to belong to it: up to the end of the element that is being read. */
    private long known;

    private int fieldsLeft;
    private boolean atLength;

    PartialTuple(int columns, long maxBytes) {
        this.columns = columns;
        this.maxBytes = Math.min(maxBytes, Integer.MAX_VALUE - 64);
        clear();
    }

    boolean isEmpty() {
        return length == 0;
    }

    boolean isWhole() {
        return fieldsLeft == 0 && length == known;
    }

    /** Whether what is whole is no tuple, but a row that the reader refused. */
    boolean isRefusal() {
        return bytes[0] == (byte) (ReaderRefusal.MARK >> 8) && bytes[1] == (byte) ReaderRefusal.MARK;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Empties it; a large buffer is let go. */
    void clear() {
        if (bytes.length > BatchFormat.MAX_BATCH_BYTES) {
            bytes = new byte[0];
        }
        length = 0;
        known = 2;
        fieldsLeft = -1;
        atLength = false;
    }

    /**
     * Takes what belongs to the tuple, and returns the offset after it.
     *
     * @throws MalformedTupleException where the bytes are no tuple of that many columns, or one above the limit
     */
    int take(byte[] from, int offset, int limit) throws MalformedTupleException {
        int at = offset;
        while (!isWhole()) {
            if (length == known) {
                next();
                continue;
            }
            if (at == limit) {
                return at;
            }
            int piece = (int) Math.min(known - length, limit - at);
            room(piece);
            System.arraycopy(from, at, bytes, length, piece);
            length += piece;
            at += piece;
        }
        return at;
    }

    /** Looks at the element that has just become complete, and says how far the next one reaches. */
    private void next() throws MalformedTupleException {
        if (fieldsLeft < 0) {
            int fields = (bytes[0] << 8) | (bytes[1] & 0xFF);
            if (fields != columns && fields != ReaderRefusal.MARK) {
                throw new MalformedTupleException("a row has " + fields + " fields, not " + columns);
            }
            fieldsLeft = fields == ReaderRefusal.MARK ? ReaderRefusal.FIELDS : columns;
            expectLength();
        } else if (atLength) {
            int size = (int) TupleWalk.INT.get(bytes, length - 4);
            if (size < -1) {
                throw new MalformedTupleException("a field has the length " + size);
            }
            known += Math.max(size, 0);
            atLength = false;
            if (size <= 0) {
                endField();
            }
        } else {
            endField();
        }
        if (known > maxBytes) {
            throw new MalformedTupleException("a row is larger than " + maxBytes + " bytes");
        }
    }

    private void endField() {
        fieldsLeft--;
        expectLength();
    }

    private void expectLength() {
        if (fieldsLeft > 0) {
            known += 4;
            atLength = true;
        }
    }

    private void room(int piece) {
        if (piece > bytes.length - length) {
            long wanted = Math.max((long) length + piece, Math.min(2L * bytes.length, maxBytes));
            bytes = Arrays.copyOf(bytes, (int) Math.max(wanted, 64));
        }
    }
}
