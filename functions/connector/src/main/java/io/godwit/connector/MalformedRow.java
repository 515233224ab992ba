package io.godwit.connector;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;

/**
 * A row that a source found but cannot read as its columns say: a line with too few fields, a message that is no JSON.
 * The rows after it can be read.
 *
 * @param place where it stands, for people: {@code people.csv, line 17}; cut after {@link #MOST_TEXT} characters
 * @param reason what is wrong with it, never with a value of it; cut likewise
 * @param remedy what to do where such rows are not allowed
 * @param raw the row's bytes as the source has them, whole and without what ends it. They may be secret: no message, no
 *     event and no log has them. The callee's for good
 * @param isWhole whether these bytes can be read by themselves; else there are none, and the row is known by its place
 *     only
 * @param context what it takes to read these bytes by themselves, for {@link Source#readAgain}: the header of a file;
 *     empty where nothing. The callee's for good
 */
// The array is not copied: it crosses one thread's stack, from the source to the exchange.
@SuppressWarnings("ArrayRecordComponent")
public record MalformedRow(String place, String reason, String remedy, boolean isWhole, byte[] raw, byte[] context) {
    /** Characters that place and reason have at most. */
    public static final int MOST_TEXT = 500;

    /** Where the bytes are enough. */
    public MalformedRow(String place, String reason, String remedy, byte[] raw) {
        this(place, reason, remedy, raw, new byte[0]);
    }

    /** Whose bytes can be read by themselves. */
    public MalformedRow(String place, String reason, String remedy, byte[] raw, byte[] context) {
        this(place, reason, remedy, true, raw, context);
    }

    /** Of which nothing can be kept but its place. */
    public MalformedRow(String place, String reason, String remedy) {
        this(place, reason, remedy, false, new byte[0], new byte[0]);
    }

    public MalformedRow {
        place = cut(place);
        reason = cut(reason);
    }

    /** The same, which stands elsewhere. */
    public MalformedRow at(String otherPlace) {
        return new MalformedRow(otherPlace, reason, remedy, isWhole, raw, context);
    }

    /** What to throw where malformed rows are not allowed. */
    public GodwitException error() {
        return new GodwitException(ErrorCode.ROW_NOT_CONVERTIBLE, place + ": " + reason, remedy);
    }

    /** Without what a log must not have. */
    @Override
    public String toString() {
        return "MalformedRow[" + place + ", " + raw.length + " bytes]";
    }

    private static String cut(String text) {
        return text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT - 3) + "...";
    }
}
