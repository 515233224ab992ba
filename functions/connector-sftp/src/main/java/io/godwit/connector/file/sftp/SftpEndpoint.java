package io.godwit.connector.file.sftp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import io.godwit.connector.Hosts;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.port.SecretResolver;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A connection's server and folder.
 *
 * @param folder as the server knows it
 * @param hostKey what the server's key must be: {@code SHA256:} and its digest in base 64, as OpenSSH prints it
 * @param byKey whether the secret is a private key, not a password
 */
record SftpEndpoint(Connection connection, String host, String user, String folder, String hostKey, boolean byKey) {
    static final int DEFAULT_PORT = 22;
    static final Set<String> OPTIONS = Set.of("hostKey", "login");

    private static final Pattern HOST_KEY = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}=?");
    /** Milliseconds. */
    private static final int CONNECT = 10_000;

    /** For an answer of the server. Milliseconds. */
    private static final int ANSWER = 60_000;

    /** @throws GodwitException CONNECTION_OPTION_REFUSED */
    static SftpEndpoint of(Connection connection) {
        String host = Hosts.of(connection);
        String user = connection.user();
        if (user == null || connection.secret() == null) {
            throw refused(connection, "user or secret is missing", "Give both.");
        }
        String hostKey = connection.options().getOrDefault("hostKey", "");
        if (!HOST_KEY.matcher(hostKey).matches()) {
            throw refused(
                    connection,
                    "option hostKey is missing, or no fingerprint",
                    "Write SHA256:... as  ssh-keyscan HOST | ssh-keygen -lf -  prints it, and compare it with the server's.");
        }
        String login = connection.options().getOrDefault("login", "password");
        if (!login.equals("password") && !login.equals("key")) {
            throw refused(connection, "option login is neither password nor key", "Write one of the two.");
        }
        String folder = connection.database();
        if (folder.isEmpty() || folder.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
            throw refused(connection, "database is no folder", "Name a folder of the server.");
        }
        return new SftpEndpoint(connection, host, user, folder, hostKey.replace("=", ""), login.equals("key"));
    }

    /** One name for one server, whichever connection leads to it. */
    String server() {
        return Hosts.inUrl(host).toLowerCase(Locale.ROOT) + ":" + port();
    }

    private int port() {
        Integer port = connection.port();
        return port == null ? DEFAULT_PORT : port;
    }

    /** A session that is logged in. */
    Session open(SecretResolver secrets) throws IOException {
        byte[] secret = secrets.resolve(String.valueOf(connection.secret())).getBytes(UTF_8);
        PinnedHostKey key = new PinnedHostKey(hostKey);
        try {
            JSch client = new JSch();
            client.setHostKeyRepository(key);
            Session session = client.getSession(user, host, port());
            if (byKey) {
                client.addIdentity("secret", secret, null, null);
            } else {
                session.setPassword(secret);
            }
            session.setConfig("StrictHostKeyChecking", "yes");
            session.setConfig("PreferredAuthentications", byKey ? "publickey" : "password,keyboard-interactive");
            session.setTimeout(ANSWER);
            session.setServerAliveInterval(ANSWER / 4);
            session.connect(CONNECT);
            return session;
        } catch (JSchException e) {
            throw failed(e, key);
        }
    }

    private IOException failed(JSchException e, PinnedHostKey key) {
        if (key.refused() != null) {
            return new AccessDeniedException(
                    host, null, "the server's key is " + key.refused() + ", not the connection's option hostKey");
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException
                    || cause instanceof ConnectException
                    || cause instanceof NoRouteToHostException
                    || cause instanceof SocketTimeoutException) {
                return new ConnectException(cause.getMessage());
            }
        }
        String message = String.valueOf(e.getMessage());
        if (message.startsWith("Auth") || message.contains("invalid privatekey")) {
            return new AccessDeniedException(host, null, "the login of " + user + " was refused");
        }
        return message.contains("timeout") ? new ConnectException(message) : new IOException(host + ": " + message, e);
    }

    private static GodwitException refused(Connection connection, String why, String remedy) {
        return new GodwitException(
                ErrorCode.CONNECTION_OPTION_REFUSED, "connection " + connection.name() + ": " + why, remedy);
    }
}
