package io.godwit.core.row;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.run.Digest;
import io.godwit.core.run.RowForm;
import io.godwit.core.run.Tally;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A row that the reader refused, on its way to the sink's quarantine: among the tuples of a batch, as
 * {@code schemas/batch/README.md} states it.
 *
 * @param code of the error that it would have been without a quarantine
 * @param place names the row, for people: {@code people.csv, line 17}, {@code (id)=(5)}
 * @param reason without values
 * @param plan the table plan whose columns the row has; empty: that of its subtask. A row that is refused again when it
 *     is replayed stays what it was
 * @param context what it takes to read a raw row by itself: the header of its file; empty where nothing
 * @param row what is kept of it, in this form; may be secret
 */
// The array is not copied: it crosses one thread's stack, from the source to the exchange or from there to the sink.
@SuppressWarnings("ArrayRecordComponent")
public record ReaderRefusal(
        String code, String place, String reason, RowForm form, String plan, byte[] context, byte[] row) {
    /** Stands where a tuple has its number of fields. */
    static final int MARK = -2;

    /** How many fields follow the mark. */
    static final int FIELDS = 7;

    /** Bytes that everything but context and row takes at most: texts are cut after {@link #MOST_TEXT} characters. */
    static final int MOST_WORDS = 16 * 1024;

    /** Characters of place and reason each. */
    static final int MOST_TEXT = 1000;

    public ReaderRefusal {
        place = cut(place);
        reason = cut(reason);
    }

    /** Of a row in the columns of its subtask's plan, or one that can be read by itself. */
    public ReaderRefusal(String code, String place, String reason, RowForm form, byte[] row) {
        this(code, place, reason, form, "", new byte[0], row);
    }

    /** As the wire has it: the mark, then fields as a tuple's. */
    public byte[] encode() {
        byte[] encoded = TupleBuilder.tuple(List.of(
                code.getBytes(UTF_8),
                place.getBytes(UTF_8),
                reason.getBytes(UTF_8),
                form.word().getBytes(UTF_8),
                plan.getBytes(UTF_8),
                context,
                row));
        encoded[0] = (byte) (MARK >> 8);
        encoded[1] = (byte) MARK;
        return encoded;
    }

    /** What a quarantine keeps: either this, or a tuple that the sink refused. Empty for a tuple. */
    public static Optional<ReaderRefusal> of(byte[] kept) {
        if (kept.length < 2 || kept[0] != (byte) (MARK >> 8) || kept[1] != (byte) MARK) {
            return Optional.empty();
        }
        try {
            if (TupleWalk.endOfRefusal(kept, 0, kept.length) != kept.length) {
                throw new MalformedTupleException("its length is wrong");
            }
            return Optional.of(decode(kept, 0));
        } catch (MalformedTupleException altered) {
            throw new GodwitException(
                    ErrorCode.DEFECT,
                    "a row of the quarantine cannot be read: " + altered.getMessage(),
                    "Was it altered? Export what the quarantine's table holds by the database's own means.",
                    altered);
        }
    }

    /** Reads what {@link #encode} made, once {@link TupleWalk#endOfRefusal} has found its end. */
    static ReaderRefusal decode(byte[] bytes, int from) throws MalformedTupleException {
        byte[][] fields = new byte[FIELDS][];
        int at = from + 2;
        for (int i = 0; i < FIELDS; i++) {
            int length = (int) TupleWalk.INT.get(bytes, at);
            if (length < 0) {
                throw new MalformedTupleException("a refused row lacks its field " + i);
            }
            at += 4;
            fields[i] = Arrays.copyOfRange(bytes, at, at + length);
            at += length;
        }
        try {
            return new ReaderRefusal(
                    text(fields[0]),
                    text(fields[1]),
                    text(fields[2]),
                    RowForm.of(text(fields[3])),
                    text(fields[4]),
                    fields[5],
                    fields[6]);
        } catch (IllegalArgumentException unknown) {
            throw new MalformedTupleException("a refused row has a form that is not known");
        }
    }

    /** What it adds to the tally of its subtask, and to that of the quarantine. */
    public Tally tally() {
        byte[] encoded = encode();
        return new Tally(1, encoded.length, new Digest(RowHash.of(encoded, 0, encoded.length)));
    }

    /** Without what a log must not have. */
    @Override
    public String toString() {
        return "ReaderRefusal[" + code + ", " + form + ", " + row.length + " bytes]";
    }

    private static String cut(String text) {
        return text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT - 3) + "...";
    }

    private static String text(byte[] field) {
        return new String(field, UTF_8);
    }
}
