package io.godwit.connector.mysql;

import io.godwit.connector.OptionCheck;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a connection may say beside host, port, database and user. Whatever makes the driver load a class or a file, or
 * changes how values look, is not among them.
 */
final class MySqlOptions {
    private static final Map<String, Pattern> ALLOWED = Map.of(
            "sslMode", Pattern.compile("disable|trust|verify-ca|verify-full"),
            "connectTimeout", Pattern.compile("[1-9][0-9]{0,2}"),
            "allowPublicKeyRetrieval", Pattern.compile("true|false"),
            "zeroDates", Pattern.compile("fail|null"));

    static final Set<String> NAMES = ALLOWED.keySet();

    /** Seconds. */
    private static final int DEFAULT_CONNECT_TIMEOUT = 10;

    private final Map<String, String> options;

    private MySqlOptions(Map<String, String> options) {
        this.options = options;
    }

    /** @throws GodwitException CONNECTION_OPTION_REFUSED */
    static MySqlOptions of(Connection connection) {
        OptionCheck.check(connection, ALLOWED);
        return new MySqlOptions(connection.options());
    }

    String sslMode() {
        return options.getOrDefault("sslMode", "disable");
    }

    int connectTimeoutSeconds() {
        return Integer.parseInt(options.getOrDefault("connectTimeout", String.valueOf(DEFAULT_CONNECT_TIMEOUT)));
    }

    boolean allowsPublicKeyRetrieval() {
        return Boolean.parseBoolean(options.get("allowPublicKeyRetrieval"));
    }

    /** Whether dates that are none, such as 0000-00-00, are read as NULL; else they end the reading. */
    boolean zeroDatesAreNull() {
        return "null".equals(options.get("zeroDates"));
    }
}
