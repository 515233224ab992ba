package io.godwit.connector;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names and addresses of the servers that connections lead to. */
public final class Hosts {
    /** Names, IPv4 and IPv6 addresses: nothing that could end a host and begin another, or an option. */
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9._-]{1,253}|\\[?(?=[^:]*:[^:]*:)[0-9A-Fa-f:.]{2,45}(%[A-Za-z0-9]+)?]?");

    private Hosts() {}

    /**
     * The connection's one host.
     *
     * @throws GodwitException CONNECTION_OPTION_REFUSED, where it has none, or what it has is none
     */
    public static String of(Connection connection) {
        return checked(connection, connection.host());
    }

    /**
     * A host that a connection names, its own or one of its options.
     *
     * @throws GodwitException CONNECTION_OPTION_REFUSED, where it is null, or none
     */
    public static String checked(Connection connection, @Nullable String host) {
        if (host == null || !HOST.matcher(host).matches()) {
            throw new GodwitException(
                    ErrorCode.CONNECTION_OPTION_REFUSED,
                    "connection " + connection.name()
                            + (host == null ? " has no host" : ": " + host + " is not a host"),
                    "Give one host name or address, without port or options.");
        }
        return host;
    }

    /** As it stands before a port in a URL. */
    public static String inUrl(String host) {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }
}
