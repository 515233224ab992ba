package io.godwit.core.expression;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A function of the language.
 *
 * @param result its type, in words
 * @param meaning a sentence for people
 * @param example a call of literals
 * @param gives what the example gives, as text; NULL
 * @param deterministic whether the same arguments give the same value
 */
record Function(
        String name,
        List<Parameter> parameters,
        String result,
        String meaning,
        String example,
        String gives,
        boolean deterministic,
        Maker maker) {

    /** What an argument must be. */
    enum Kind {
        /** Text of any type. */
        TEXT("text"),
        /** Any value, which is taken in its text form. */
        TEXT_FORM("any"),
        ANY("any"),
        WHOLE("whole number"),
        MOMENT("date, timestamp or timestamptz"),
        /** A text written in the expression. */
        LITERAL("text literal"),
        /** A text written in the expression: where a key is kept. */
        KEY("key reference");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** How many arguments it stands for. */
    enum Times {
        ONCE,
        OPTIONAL,
        REPEATED
    }

    record Parameter(String name, Kind kind, Times times) {
        static Parameter once(String name, Kind kind) {
            return new Parameter(name, kind, Times.ONCE);
        }

        static Parameter optional(String name, Kind kind) {
            return new Parameter(name, kind, Times.OPTIONAL);
        }

        static Parameter repeated(String name, Kind kind) {
            return new Parameter(name, kind, Times.REPEATED);
        }
    }

    /** Makes the evaluator of a call. */
    @FunctionalInterface
    interface Maker {

        /**
         * @param call its arguments are of the kinds that the function asks for
         * @throws io.godwit.core.type.codec.InvalidValueException where a literal is not what it must be
         */
        Typed make(Arguments call);
    }

    int fewest() {
        return (int) parameters.stream()
                .filter(parameter -> parameter.times() == Times.ONCE)
                .count();
    }

    int most() {
        boolean repeats = parameters.stream().anyMatch(parameter -> parameter.times() == Times.REPEATED);
        return repeats ? Integer.MAX_VALUE : parameters.size();
    }

    /** The parameter that an argument stands for. */
    Parameter parameter(int argument) {
        return parameters.get(Math.min(argument, parameters.size() - 1));
    }

    /** {@code substring(text, start [, length])}. */
    String signature() {
        StringBuilder text = new StringBuilder();
        for (Parameter parameter : parameters) {
            String comma = text.isEmpty() ? "" : ", ";
            text.append(
                    switch (parameter.times()) {
                        case ONCE -> comma + parameter.name();
                        case OPTIONAL -> " [" + comma + parameter.name() + "]";
                        case REPEATED -> comma + "...";
                    });
        }
        return name + "(" + text + ")";
    }

    /** What its parameters are, for people. */
    String kinds() {
        return parameters.stream()
                .filter(parameter -> parameter.times() != Times.REPEATED)
                .map(parameter -> parameter.name() + ": " + parameter.kind().words())
                .collect(Collectors.joining(", "));
    }
}
