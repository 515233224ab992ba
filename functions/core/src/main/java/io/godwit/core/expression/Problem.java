package io.godwit.core.expression;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;

/** What is wrong with an expression, and where. */
final class Problem {
    private static final int SHOWN = 80;

    private Problem() {}

    /** It cannot be read. */
    static GodwitException at(String text, int place, String what, String remedy) {
        return at(ErrorCode.JOB_FILE_INVALID, text, place, what, remedy);
    }

    static GodwitException at(ErrorCode code, String text, int place, String what, String remedy) {
        String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
        return new GodwitException(code, "expression " + shown + ", character " + (place + 1) + ": " + what, remedy);
    }
}
