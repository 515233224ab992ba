package io.godwit.connector.postgresql;

import io.godwit.connector.OptionCheck;
import io.godwit.core.job.Connection;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a connection may say beside host, port, database and user. Whatever makes the driver load a class or a file, or
 * changes how values look, is not among them.
 */
final class PostgresOptions {
    /**
     * Each option with the values that it takes. {@code sslrootcert=system} trusts the certificates that the JVM
     * trusts; without it, verifying modes look for {@code ~/.postgresql/root.crt}, as libpq does.
     */
    private static final Map<String, Pattern> ALLOWED = Map.of(
            "sslmode", Pattern.compile("disable|allow|prefer|require|verify-ca|verify-full"),
            "sslrootcert", Pattern.compile("system"),
            "sslNegotiation", Pattern.compile("postgres|direct"),
            "channelBinding", Pattern.compile("disable|prefer|require"),
            "connectTimeout", Pattern.compile("[1-9][0-9]{0,2}"),
            "applicationName", Pattern.compile("[\\x20-\\x7e]{1,63}"));

    static final Set<String> NAMES = ALLOWED.keySet();

    /** Seconds. */
    private static final int DEFAULT_CONNECT_TIMEOUT = 10;

    private PostgresOptions() {}

    /** Sets the driver's properties that the connection's options ask for. */
    static void apply(Connection connection, Properties properties) {
        OptionCheck.check(connection, ALLOWED);
        Map<String, String> options = connection.options();
        String connectTimeout = options.getOrDefault("connectTimeout", String.valueOf(DEFAULT_CONNECT_TIMEOUT));
        properties.setProperty("connectTimeout", connectTimeout);
        properties.setProperty("loginTimeout", String.valueOf(2 * Integer.parseInt(connectTimeout)));
        properties.setProperty("ApplicationName", options.getOrDefault("applicationName", "godwit"));
        for (String name : new String[] {"sslmode", "sslNegotiation", "channelBinding"}) {
            if (options.containsKey(name)) {
                properties.setProperty(name, options.get(name));
            }
        }
        if (options.containsKey("sslrootcert")) {
            properties.setProperty("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
        }
    }
}
