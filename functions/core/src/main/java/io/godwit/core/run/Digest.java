package io.godwit.core.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The sum, modulo 2^64, of the hashes of rows: independent of their order, and additive over any parts. Together with
 * the number of rows it is the proof that two sets of rows are the same. As text: 16 hexadecimal digits.
 */
public record Digest(long sum) {
    public static final Digest EMPTY = new Digest(0);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Digest parse(String text) {
        if (text.length() != 16) {
            throw new IllegalArgumentException("a digest has 16 hexadecimal digits: " + text);
        }
        return new Digest(Long.parseUnsignedLong(text, 16));
    }

    public Digest plus(Digest other) {
        return new Digest(sum + other.sum);
    }

    @JsonValue
    @Override
    public String toString() {
        return String.format(java.util.Locale.ROOT, "%016x", sum);
    }
}
