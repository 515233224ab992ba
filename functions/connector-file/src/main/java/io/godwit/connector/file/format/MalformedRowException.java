package io.godwit.connector.file.format;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A row that is none, or whose values are not of its columns' types. The message names no value. */
public final class MalformedRowException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long line;
    private final Kind kind;
    private final transient byte @Nullable [] raw;

    private enum Kind {
        /** The rows after it cannot be found. */
        LAST,
        /** It is above the limit of rows. */
        TOO_LARGE,
        /** The rows after it can be read. */
        ONE
    }

    private MalformedRowException(
            long line, String message, Kind kind, byte @Nullable [] raw, @Nullable Throwable cause) {
        super(message, cause);
        this.line = line;
        this.kind = kind;
        this.raw = raw;
    }

    /** @param line of the file, or of its part, from 1 */
    static MalformedRowException at(long line, String message, @Nullable Throwable cause) {
        return new MalformedRowException(line, message, Kind.LAST, null, cause);
    }

    /** @param raw the row's bytes, without the line end: the rows after it can be read */
    static MalformedRowException ofRow(long line, String message, byte[] raw, @Nullable Throwable cause) {
        return new MalformedRowException(line, message, Kind.ONE, raw, cause);
    }

    static MalformedRowException tooLarge(long line, long limit) {
        return new MalformedRowException(line, "a row has more than " + limit + " bytes", Kind.TOO_LARGE, null, null);
    }

    /**
     * The rows after it can be read.
     *
     * @param row of the file, from 1: of a format without lines
     */
    public static MalformedRowException atRow(long row, String message, @Nullable Throwable cause) {
        return new MalformedRowException(row, message, Kind.ONE, null, cause);
    }

    /** @param row of the file, from 1: of a format without lines */
    public static MalformedRowException rowTooLarge(long row, long limit) {
        return new MalformedRowException(row, "a row has more than " + limit + " bytes", Kind.TOO_LARGE, null, null);
    }

    /** Where the row begins: a line of the part that was read, from 1; or the row, of formats without lines. */
    public long line() {
        return line;
    }

    /** The same, of a reader whose rows mean nothing on their own. */
    public MalformedRowException alone() {
        return new MalformedRowException(line, String.valueOf(getMessage()), kind, null, getCause());
    }

    /** Whether the rows after it can be read. */
    public boolean isOne() {
        return kind == Kind.ONE;
    }

    /** The row's bytes as the file has them; null where they mean nothing by themselves. */
    public byte @Nullable [] raw() {
        return raw;
    }

    /** Whether it is above the limit of rows. */
    public boolean isTooLarge() {
        return kind == Kind.TOO_LARGE;
    }
}
