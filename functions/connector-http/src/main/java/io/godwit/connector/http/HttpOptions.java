package io.godwit.connector.http;

import com.fasterxml.jackson.core.JsonPointer;
import io.godwit.connector.OptionCheck;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a connection's options say of its tables.
 *
 * @param pageSize rows that are asked for at once; 0: as many as the server likes
 * @param totalHeader the header that says how many rows the table has; null: none
 * @param fixed sent with every request
 * @param othersLeftOut whether keys that are no columns are left out; otherwise such a row is malformed
 */
record HttpOptions(
        List<Resource> resources,
        Paging paging,
        int pageSize,
        int firstPage,
        Map<String, String> parameters,
        Places places,
        @Nullable String totalHeader,
        Parameters fixed,
        boolean othersLeftOut) {
    static final Set<String> NAMES = Set.of(
            "tables",
            "rows",
            "paging",
            "pageSize",
            "firstPage",
            "pageParameter",
            "offsetParameter",
            "sizeParameter",
            "cursorParameter",
            "next",
            "total",
            "query",
            "otherKeys",
            "auth",
            "authHeader",
            "sslMode");

    private static final Map<String, String> PARAMETERS = Map.of(
            "pageParameter", "page",
            "offsetParameter", "offset",
            "sizeParameter", "limit",
            "cursorParameter", "cursor");
    private static final int STANDARD_SIZE = 100;
    private static final int MOST_SIZE = 100_000;
    private static final Pattern HEADER = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,63}");

    /** @throws GodwitException CONNECTION_OPTION_REFUSED */
    static HttpOptions of(Connection connection) {
        Reader options = new Reader(connection);
        Paging paging = options.as("paging", "none", Reader::paging);
        if (connection.options().get("tables") == null) {
            throw options.refused("tables", "is missing", "Name the resources: customers, v1/orders.");
        }
        String next = connection.options().get("next");
        if (paging == Paging.CURSOR && next == null) {
            throw options.refused(
                    "next", "is missing", "Say where the answer holds the next cursor, as a JSON pointer: /meta/next.");
        }
        String total = connection.options().get("total");
        boolean inHeader = total != null && !total.startsWith("/");
        if (total != null && inHeader && !HEADER.matcher(total).matches()) {
            throw options.refused(
                    "total", "is neither a JSON pointer nor a header", "Write /meta/total, or X-Total-Count.");
        }
        Map<String, String> parameters = PARAMETERS.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, one -> options.as(one.getKey(), one.getValue(), Reader::parameter)));
        Parameters fixed = options.as("query", "", Parameters::ofQuery);
        HttpOptions all = new HttpOptions(
                options.as("tables", "", Resource::parse),
                paging,
                options.as("pageSize", paging.isNumbered() ? "" + STANDARD_SIZE : "0", Reader::size),
                options.as("firstPage", "1", Reader::zeroOrOne),
                parameters,
                new Places(
                        options.as("rows", "", JsonPointer::compile),
                        total == null || inHeader ? null : options.as("total", "", JsonPointer::compile),
                        next == null ? null : options.as("next", "", JsonPointer::compile)),
                inHeader ? total : null,
                fixed,
                options.oneOf("otherKeys", "refuse", "leave-out").equals("leave-out"));
        options.as("query", "", text -> all.checked(fixed));
        return all;
    }

    /**
     * Parameters of others beside those that the paging sets.
     *
     * @throws IllegalArgumentException where one of them is set twice
     */
    Parameters checked(Parameters others) {
        others.requireNone(
                switch (paging) {
                    case NONE -> Set.of();
                    case PAGE -> Set.of(parameter("pageParameter"), parameter("sizeParameter"));
                    case OFFSET -> Set.of(parameter("offsetParameter"), parameter("sizeParameter"));
                    case CURSOR -> Set.of(parameter("cursorParameter"), parameter("sizeParameter"));
                    case LINK -> Set.of(parameter("sizeParameter"));
                });
        return others;
    }

    /** What the interface calls it. */
    String parameter(String option) {
        return parameters.getOrDefault(option, option);
    }

    /** Whether an answer says how many rows there are. */
    boolean hasTotal() {
        return totalHeader != null || places.total() != null;
    }

    /** A word of two. */
    static String oneOf(Connection connection, String name, String standard, String other) {
        return new Reader(connection).oneOf(name, standard, other);
    }

    private record Reader(Connection connection) {

        <T> T as(String name, String standard, Function<String, T> reading) {
            try {
                return reading.apply(connection.options().getOrDefault(name, standard));
            } catch (IllegalArgumentException e) {
                throw refused(
                        name, "is not one: " + e.getMessage(), "See docs/http.md for what option " + name + " takes.");
            }
        }

        String oneOf(String name, String standard, String other) {
            String value = connection.options().getOrDefault(name, standard);
            if (!value.equals(standard) && !value.equals(other)) {
                throw refused(name, "is neither " + standard + " nor " + other, "Write one of the two.");
            }
            return value;
        }

        static Paging paging(String word) {
            return Arrays.stream(Paging.values())
                    .filter(paging -> paging.name().toLowerCase(Locale.ROOT).equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("none, page, offset, cursor and link are known"));
        }

        static String parameter(String name) {
            if (!Parameters.isName(name)) {
                throw new IllegalArgumentException("a parameter's name has letters, digits and _ . $ [ ] -");
            }
            return name;
        }

        static int size(String text) {
            if (!text.matches("[0-9]{1,6}") || Integer.parseInt(text) > MOST_SIZE) {
                throw new IllegalArgumentException("a number of rows up to " + MOST_SIZE + " is one");
            }
            return Integer.parseInt(text);
        }

        static int zeroOrOne(String text) {
            if (!text.equals("0") && !text.equals("1")) {
                throw new IllegalArgumentException("0 and 1 are the numbers that a first page may have");
            }
            return Integer.parseInt(text);
        }

        GodwitException refused(String name, String why, String remedy) {
            return OptionCheck.refused(connection, name, why, remedy);
        }
    }
}
