package io.godwit.core.expression;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every function that there is. */
final class Functions {
    private static final Map<String, Function> BY_NAME = new TreeMap<>();

    static {
        all().forEach(function -> BY_NAME.put(function.name(), function));
    }

    private Functions() {}

    /** In the order in which they are told of. */
    static List<Function> all() {
        return Stream.of(
                        TextFunctions.all(),
                        PatternFunctions.all(),
                        DateFunctions.all(),
                        ValueFunctions.all(),
                        PrivacyFunctions.all())
                .flatMap(List::stream)
                .toList();
    }

    static Map<String, Function> byName() {
        return BY_NAME;
    }
}
