package io.godwit.connector.sqlserver;

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
final class SqlServerOptions {
    private static final Map<String, Pattern> ALLOWED = Map.of(
            "encrypt", Pattern.compile("true|false|strict"),
            "trustServerCertificate", Pattern.compile("true|false"),
            "hostNameInCertificate", Pattern.compile("[A-Za-z0-9*][A-Za-z0-9.*-]{0,252}"),
            "connectTimeout", Pattern.compile("[1-9][0-9]{0,2}"),
            "times", Pattern.compile("exact|micros"));

    static final Set<String> NAMES = ALLOWED.keySet();

    private final Map<String, String> options;

    private SqlServerOptions(Map<String, String> options) {
        this.options = options;
    }

    /** @throws GodwitException CONNECTION_OPTION_REFUSED */
    static SqlServerOptions of(Connection connection) {
        OptionCheck.check(connection, ALLOWED);
        return new SqlServerOptions(connection.options());
    }

    /** Whether times of seven digits are read as those of six, which ends with one that has a seventh. */
    boolean timesAreMicros() {
        return "micros".equals(options.get("times"));
    }

    String encrypt() {
        return options.getOrDefault("encrypt", "true");
    }

    String trustsServerCertificate() {
        return options.getOrDefault("trustServerCertificate", "false");
    }

    String hostNameInCertificate() {
        return options.getOrDefault("hostNameInCertificate", "");
    }

    /** Seconds. */
    String connectTimeout() {
        return options.getOrDefault("connectTimeout", "10");
    }
}
