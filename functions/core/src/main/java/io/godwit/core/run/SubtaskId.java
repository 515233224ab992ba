package io.godwit.core.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** One split into one target: {@code RUN/STEP/TABLE/SPLIT}, the last two being ordinals in the plan, from 0. */
public record SubtaskId(@JsonValue String value) implements Comparable<SubtaskId> {
    private static final int TABLE_DIGITS = 4;
    private static final int SPLIT_DIGITS = 6;
    private static final int MOST_DIGITS = 10;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public SubtaskId {
        String[] parts = value.split("/", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("not a subtask id: " + value);
        }
        new RunId(parts[0]);
        if (!isOrdinal(parts[2], TABLE_DIGITS) || !isOrdinal(parts[3], SPLIT_DIGITS)) {
            throw new IllegalArgumentException("not a subtask id: " + value);
        }
    }

    /** One number has one form: an id by another name would be another subtask. */
    private static boolean isOrdinal(String text, int digits) {
        return text.length() >= digits
                && text.length() < MOST_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9')
                && (text.length() == digits || text.charAt(0) != '0');
    }

    /** Ordinals are padded so that ids of a table sort in the order of its splits. */
    public static SubtaskId of(StepId step, int table, int split) {
        return new SubtaskId(String.format(Locale.ROOT, "%s/%04d/%06d", step, table, split));
    }

    public RunId run() {
        return step().run();
    }

    public StepId step() {
        String[] parts = value.split("/", -1);
        return new StepId(parts[0] + "/" + parts[1]);
    }

    /** The ordinal of the table plan in its step. */
    public int table() {
        return Integer.parseInt(value.split("/", -1)[2]);
    }

    /** The ordinal of the split in its table plan. */
    public int split() {
        return Integer.parseInt(value.split("/", -1)[3]);
    }

    @Override
    public int compareTo(SubtaskId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
