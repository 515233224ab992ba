package io.godwit.core.run;

/**
 * A number of rows and the digest of them: equal tallies mean equal rows.
 *
 * @param rows how many
 * @param bytes what they take in batches, without headers; not part of the proof
 */
public record Tally(long rows, long bytes, Digest digest) {
    public static final Tally ZERO = new Tally(0, 0, Digest.EMPTY);

    public Tally plus(Tally other) {
        return new Tally(rows + other.rows, bytes + other.bytes, digest.plus(other.digest));
    }

    /** What remains when the rows of {@code part}, all counted in this tally, are taken away. */
    public Tally minus(Tally part) {
        return new Tally(rows - part.rows, bytes - part.bytes, new Digest(digest.sum() - part.digest.sum()));
    }

    /** Whether both counted the same rows. */
    public boolean provesEqual(Tally other) {
        return rows == other.rows && digest.equals(other.digest);
    }
}
