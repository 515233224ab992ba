package io.godwit.core.type;

/**
 * Whether values of one type can become values of another.
 *
 * @param reason in plain words, for a plan or an error: what happens to the values, or why nothing can
 */
public record TypeDecision(Kind kind, String reason) {

    /** From best to worst. */
    public enum Kind {
        /** The bytes are those of the other type. */
        IDENTICAL,
        /** Every value is converted, and none is lost: the old one could be made again. */
        WIDENING,
        /** Some values are refused, rounded or changed in meaning: only with the job's consent. */
        NARROWING,
        /** There is no way. */
        IMPOSSIBLE
    }

    static TypeDecision identical(String reason) {
        return new TypeDecision(Kind.IDENTICAL, reason);
    }

    static TypeDecision widening(String reason) {
        return new TypeDecision(Kind.WIDENING, reason);
    }

    static TypeDecision narrowing(String reason) {
        return new TypeDecision(Kind.NARROWING, reason);
    }

    static TypeDecision impossible(LogicalType from, LogicalType to) {
        return new TypeDecision(
                Kind.IMPOSSIBLE, from.notation() + " values have no counterpart among those of " + to.notation());
    }

    public boolean isIdentical() {
        return kind == Kind.IDENTICAL;
    }

    /** Whether nothing is lost: identical or widening. */
    public boolean isLossless() {
        return kind == Kind.IDENTICAL || kind == Kind.WIDENING;
    }
}
