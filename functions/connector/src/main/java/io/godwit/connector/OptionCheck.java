package io.godwit.connector;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.error.NearestWord;
import io.godwit.core.job.Connection;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Holds a connection's options against those that its connector takes. A value is never repeated. */
public final class OptionCheck {
    private OptionCheck() {}

    /**
     * Checks all options of a connection.
     *
     * @param allowed by name, what a value must match
     * @throws GodwitException CONNECTION_OPTION_REFUSED
     */
    public static void check(Connection connection, Map<String, Pattern> allowed) {
        connection.options().forEach((name, value) -> {
            Pattern values = allowed.get(name);
            if (values == null) {
                String near = NearestWord.of(name, allowed.keySet())
                        .map(word -> "Did you mean " + word + "? ")
                        .orElse("");
                throw refused(
                        connection,
                        name,
                        "is not allowed",
                        near + "Allowed are " + String.join(", ", new TreeSet<>(allowed.keySet())) + ".");
            }
            if (!values.matcher(value).matches()) {
                throw refused(connection, name, "does not take this value", "It takes " + values.pattern() + ".");
            }
        });
    }

    /** @param why what is wrong with the option, without its value */
    public static GodwitException refused(Connection connection, String name, String why, String remedy) {
        return new GodwitException(
                ErrorCode.CONNECTION_OPTION_REFUSED,
                "connection " + connection.name() + ": option " + name + " " + why,
                remedy);
    }
}
