package io.godwit.connector.http;

import io.godwit.connector.Hosts;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.port.SecretResolver;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection leads, and what it shows there.
 *
 * @param origin scheme, host and port: {@code https://api.example.org:443}
 * @param base the path before every table's, encoded: {@code /api/v1}, or empty
 * @param header by which it logs in; null: it does not
 */
record Endpoint(String origin, String base, @Nullable Header header) {
    private static final Pattern HEADER = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,63}");
    /** What a header's value may have: no line's end, by which another header would begin. */
    private static final Pattern VALUE = Pattern.compile("[\\x21-\\x7E]{1,8192}");

    private static final int TLS_PORT = 443;
    private static final int PLAIN_PORT = 80;

    /** Its text has no value. */
    record Header(String name, String value) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** @throws GodwitException CONNECTION_OPTION_REFUSED, SECRET_NOT_FOUND */
    static Endpoint of(Connection connection, SecretResolver secrets) {
        boolean plain = HttpOptions.oneOf(connection, "sslMode", "verify-full", "disable")
                .equals("disable");
        String host = Hosts.of(connection);
        Integer port = connection.port();
        String path = connection.database().replaceFirst("^/", "").replaceFirst("/$", "");
        String base;
        try {
            base = Paths.encoded(path);
        } catch (IllegalArgumentException e) {
            throw refused(connection, "database: " + e.getMessage(), "Write the path before the tables, or /.");
        }
        String origin = (plain ? "http://" : "https://") + Hosts.inUrl(host) + ":"
                + (port == null ? (plain ? PLAIN_PORT : TLS_PORT) : port);
        return new Endpoint(origin.toLowerCase(Locale.ROOT), base, header(connection, secrets));
    }

    private static @Nullable Header header(Connection connection, SecretResolver secrets) {
        String how = connection.options().getOrDefault("auth", connection.user() == null ? "bearer" : "basic");
        if (!how.equals("basic") && !how.equals("bearer") && !how.equals("header")) {
            throw refused(connection, "option auth is none of basic, bearer and header", "Write one of the three.");
        }
        if ((connection.user() != null) != how.equals("basic")) {
            throw refused(
                    connection,
                    "user is for auth basic, which needs one",
                    "Give user and secret, or a secret with auth: bearer or header.");
        }
        if (connection.options().containsKey("authHeader") != how.equals("header")) {
            throw refused(
                    connection,
                    "option authHeader is for auth header, which needs it",
                    "Name the header that takes the key: auth: header, authHeader: X-Api-Key.");
        }
        String reference = connection.secret();
        if (reference == null) {
            if (connection.user() != null || connection.options().containsKey("auth")) {
                throw refused(connection, "secret is missing", "Give a reference to it: secret: env:API_KEY.");
            }
            return null;
        }
        String secret = secrets.resolve(reference);
        return switch (how) {
            case "basic" ->
                new Header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(
                                                (connection.user() + ":" + secret).getBytes(StandardCharsets.UTF_8)));
            case "bearer" -> new Header("Authorization", "Bearer " + visible(connection, secret));
            default ->
                new Header(
                        headerName(connection, connection.options().getOrDefault("authHeader", "")),
                        visible(connection, secret));
        };
    }

    private static String headerName(Connection connection, String name) {
        try {
            if (!HEADER.matcher(name).matches()) {
                throw new IllegalArgumentException(name);
            }
            HttpRequest.newBuilder().header(name, "tried"); // the client sets some itself
        } catch (IllegalArgumentException e) {
            throw refused(connection, "option authHeader is not the name of a header", "Write one such as X-Api-Key.");
        }
        return name;
    }

    private static String visible(Connection connection, String secret) {
        if (!VALUE.matcher(secret).matches()) {
            throw refused(
                    connection,
                    "the secret has characters that no header takes",
                    "Look for a line's end or a blank in it.");
        }
        return secret;
    }

    /** The address of a table's answers. */
    URI uri(String path, Parameters query) {
        return URI.create(origin + base + Paths.encoded(path) + query.encoded());
    }

    /** Whether an address that the server named is one of its own. */
    boolean isOwn(URI other) {
        if (other.getHost() == null || other.getRawUserInfo() != null) {
            return false;
        }
        String scheme = String.valueOf(other.getScheme()).toLowerCase(Locale.ROOT);
        int port = other.getPort() < 0 ? (scheme.equals("https") ? TLS_PORT : PLAIN_PORT) : other.getPort();
        return (scheme + "://" + other.getHost().toLowerCase(Locale.ROOT) + ":" + port).equals(origin);
    }

    private static GodwitException refused(Connection connection, String why, String remedy) {
        return new GodwitException(
                ErrorCode.CONNECTION_OPTION_REFUSED, "connection " + connection.name() + ": " + why, remedy);
    }
}
