package io.godwit.connector.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Query parameters, in their order. */
record Parameters(List<Parameter> all) {
    static final Parameters NONE = new Parameters(List.of());

    private static final Pattern NAME = Pattern.compile("[A-Za-z_$][A-Za-z0-9_.$\\[\\]-]{0,99}");

    /** {@code status = 'open'} or {@code page = 3}, with the AND before it. */
    private static final Pattern EQUALITY = Pattern.compile(
            "\\s*(" + NAME.pattern()
                    + ")\\s*=\\s*(?:'([^']*(?:''[^']*)*+)'|(-?[0-9]+(?:\\.[0-9]+)?|true|false))\\s*(?:\\z|\\s(?i:AND)\\s(?=.))");

    Parameters {
        all = List.copyOf(all);
    }

    /** One of them, not encoded. */
    record Parameter(String name, String value) {}

    /** Whether a name is one of a parameter. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * What a job's {@code where} asks for: {@code updated_since = '2026-01-01' AND status = 'open'}.
     *
     * @throws IllegalArgumentException where it is more than equalities
     */
    static Parameters ofWhere(String where) {
        List<Parameter> all = new ArrayList<>();
        Matcher matcher = EQUALITY.matcher(where);
        int at = 0;
        while (at < where.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw new IllegalArgumentException("not of the form name = 'value' AND name = 'value'");
            }
            String quoted = matcher.group(2);
            all.add(new Parameter(matcher.group(1), quoted == null ? matcher.group(3) : quoted.replace("''", "'")));
            at = matcher.end();
        }
        return new Parameters(all);
    }

    /**
     * A connection's own: {@code status=open&sort=id}.
     *
     * @throws IllegalArgumentException where it is none
     */
    static Parameters ofQuery(String query) {
        List<Parameter> all = new ArrayList<>();
        for (String one : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = one.indexOf('=');
            if (equals < 0 || !isName(one.substring(0, equals))) {
                throw new IllegalArgumentException("not of the form name=value&name=value");
            }
            all.add(new Parameter(one.substring(0, equals), one.substring(equals + 1)));
        }
        return new Parameters(all);
    }

    Parameters plus(Parameters more) {
        return new Parameters(Stream.concat(all.stream(), more.all.stream()).toList());
    }

    Parameters plus(String name, Object value) {
        return plus(new Parameters(List.of(new Parameter(name, String.valueOf(value)))));
    }

    /**
     * Refuses names that have a meaning of their own, and those that come twice.
     *
     * @throws IllegalArgumentException naming one
     */
    void requireNone(Set<String> taken) {
        Set<String> seen = new java.util.HashSet<>(taken);
        for (Parameter one : all) {
            if (!seen.add(one.name())) {
                throw new IllegalArgumentException(
                        "parameter " + one.name() + " comes twice, or is one of those that the paging sets");
            }
        }
    }

    /** {@code ?a=b&c=d}, encoded; empty where there are none. */
    String encoded() {
        return all.isEmpty()
                ? ""
                : all.stream()
                        .map(one -> Paths.encode(one.name()) + "=" + Paths.encode(one.value()))
                        .collect(Collectors.joining("&", "?", ""));
    }
}
