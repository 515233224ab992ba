package io.godwit.core.run;

/** What is kept of a row that was refused: it depends on who refused it, and how far it had come. */
public enum RowForm {
    /** A tuple of the plan's columns in the types of the wire: the sink refused it, once at least. */
    TARGET("target"),
    /** A tuple of the source's fields that the plan reads: the mapping could not be applied to it. */
    SOURCE("source"),
    /** Its bytes as the source has them: they could not be read as the source's columns. */
    RAW("raw"),
    /** Nothing: the plan hides values, and what is hidden in the target is not shown in the quarantine. */
    WITHHELD("withheld");

    private final String word;

    RowForm(String word) {
        this.word = word;
    }

    /** As it is stored and sent. */
    public String word() {
        return word;
    }

    /** @throws IllegalArgumentException where no form has this word */
    public static RowForm of(String word) {
        for (RowForm form : values()) {
            if (form.word.equals(word)) {
                return form;
            }
        }
        throw new IllegalArgumentException("no form of a row: " + word);
    }
}
