package io.godwit.core.job;

/**
 * Text that a regular expression may look at only so often. Backtracking looks at the same characters again and again,
 * so a pattern that would take hours is stopped after the same number of looks on every machine.
 */
final class BoundedText implements CharSequence {
    private final CharSequence text;
    private final Looks looks;

    /** @param limit how many characters may be looked at before {@link Exhausted} is thrown */
    BoundedText(CharSequence text, int limit) {
        this(text, new Looks(limit));
    }

    private BoundedText(CharSequence text, Looks looks) {
        this.text = text;
        this.looks = looks;
    }

    @Override
    public char charAt(int index) {
        looks.spend();
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new BoundedText(text.subSequence(start, end), looks);
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /** The pattern looked too often. */
    static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Exhausted() {
            super("the pattern looked too often", null, false, false);
        }
    }

    private static final class Looks {
        private int left;

        Looks(int left) {
            this.left = left;
        }

        void spend() {
            if (--left < 0) {
                throw new Exhausted();
            }
        }
    }
}
