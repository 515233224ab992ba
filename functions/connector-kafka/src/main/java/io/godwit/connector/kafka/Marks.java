package io.godwit.connector.kafka;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How far each partition of a topic was read: what an incremental source remembers, as text {@code TOPIC-ID 0:17
 * 1:4711}.
 *
 * @param ends by partition, the offset at which it goes on
 */
record Marks(String topic, Map<Integer, Long> ends) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{22}( [0-9]{1,9}:[0-9]{1,18})*");

    /** As a plan writes it: up to a mark, and above another where there is one. */
    private static final Pattern CONDITION =
            Pattern.compile("(?:\"(_?offset)\" > '([^']*)' AND )?\"(_?offset)\" <= '([^']*)'");

    Marks {
        ends = Map.copyOf(ends);
    }

    /** What to read. */
    record Bounds(Optional<Marks> above, Marks upTo) {}

    static Optional<Marks> parse(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        String[] words = text.split(" ", -1);
        Map<Integer, Long> ends = new TreeMap<>();
        for (int i = 1; i < words.length; i++) {
            int colon = words[i].indexOf(':');
            ends.put(Integer.valueOf(words[i].substring(0, colon)), Long.valueOf(words[i].substring(colon + 1)));
        }
        return Optional.of(new Marks(words[0], ends));
    }

    /** The bounds that a plan's condition says; empty where it says something else. */
    static Optional<Bounds> bounds(String condition) {
        Matcher matcher = CONDITION.matcher(condition);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Optional<Marks> above = matcher.group(2) == null ? Optional.empty() : parse(matcher.group(2));
        if (matcher.group(2) != null && above.isEmpty()) {
            return Optional.empty();
        }
        return parse(matcher.group(4)).map(upTo -> new Bounds(above, upTo));
    }

    @Override
    public String toString() {
        return new TreeMap<>(ends)
                .entrySet().stream()
                        .map(end -> " " + end.getKey() + ":" + end.getValue())
                        .collect(Collectors.joining("", topic, ""));
    }
}
