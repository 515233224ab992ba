package io.godwit.connector.oracle;

import io.godwit.connector.OptionCheck;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a connection may say beside host, port, database and user. Whatever makes the driver load a class or a file, log
 * in otherwise, or change how values look, is not among them.
 */
final class OracleOptions {
    private static final Map<String, Pattern> ALLOWED = Map.of(
            "sslMode", Pattern.compile("disable|verify-full"),
            "connectTimeout", Pattern.compile("[1-9][0-9]{0,2}"),
            "times", Pattern.compile("exact|micros"));

    static final Set<String> NAMES = ALLOWED.keySet();

    private final Map<String, String> options;

    private OracleOptions(Map<String, String> options) {
        this.options = options;
    }

    /** @throws GodwitException CONNECTION_OPTION_REFUSED */
    static OracleOptions of(Connection connection) {
        OptionCheck.check(connection, ALLOWED);
        return new OracleOptions(connection.options());
    }

    /**
     * Whether finer times are read as those of six digits, which ends with one that has more, and zones are not kept.
     */
    boolean timesAreMicros() {
        return "micros".equals(options.get("times"));
    }

    boolean encrypts() {
        return "verify-full".equals(options.get("sslMode"));
    }

    int connectTimeoutSeconds() {
        return Integer.parseInt(options.getOrDefault("connectTimeout", "10"));
    }
}
