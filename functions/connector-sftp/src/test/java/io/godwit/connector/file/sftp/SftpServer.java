package io.godwit.connector.file.sftp;

import io.godwit.connector.file.Folder;
import io.godwit.core.job.Connection;
import io.godwit.core.job.Connection.Limits;
import io.godwit.embedded.OpenSsh;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.shell.ProcessShellFactory;
import org.apache.sshd.server.subsystem.SubsystemFactory;

/** OpenSSH's sftp-server behind a transport in this process, which knows one user. */
public final class SftpServer {
    public static final String USER = "godwit";
    static final String SECRET = "correct horse";

    private static final KeyPair HOST_KEY = rsa();
    static final KeyPair USER_KEY = rsa();
    private static final Path HOME = home();
    private static SshServer server = start(0);

    private SftpServer() {}

    private static KeyPair rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path home() {
        try {
            return Files.createTempDirectory("godwit-sftp-").toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(SftpServer::stop));
    }

    private static SshServer start(int port) {
        SshServer made = SshServer.setUpDefaultServer();
        made.setHost("127.0.0.1");
        made.setPort(port);
        made.setKeyPairProvider(KeyPairProvider.wrap(HOST_KEY));
        made.setPasswordAuthenticator((user, password, session) -> user.equals(USER) && password.equals(SECRET));
        made.setPublickeyAuthenticator(
                (user, key, session) -> user.equals(USER) && KeyUtils.compareKeys(key, USER_KEY.getPublic()));
        made.setSubsystemFactories(List.of(new OpenSshFiles()));
        try {
            made.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return made;
    }

    private static synchronized void stop() {
        try (Stream<Path> files = Files.walk(HOME)) {
            server.stop(true);
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Breaks every connection off, and answers again on the same port. */
    public static synchronized void crash() {
        int port = server.getPort();
        try {
            server.stop(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server = start(port);
    }

    /** Where it answers, on this machine's own address. */
    public static int port() {
        return server.getPort();
    }

    private static final class OpenSshFiles implements SubsystemFactory {
        @Override
        public String getName() {
            return "sftp";
        }

        @Override
        public Command createSubsystem(ChannelSession channel) throws IOException {
            List<String> command = OpenSsh.sftpServer();
            return new ProcessShellFactory(String.join(" ", command), command).createShell(channel);
        }
    }

    /** A folder of its own. */
    static Folder folder(Map<String, String> options) {
        return new Folder(new SftpConnector(), connection(path().toString(), options));
    }

    /** A folder of the server, which is a folder of this machine. */
    public static Path path() {
        try {
            return Files.createTempDirectory(HOME, "folder-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Connection connection(String database, Map<String, String> options) {
        Map<String, String> all = new HashMap<>(Map.of("hostKey", hostKey()));
        all.putAll(options);
        return new Connection(
                "partner", "sftp", "127.0.0.1", port(), database, USER, SECRET, all, Limits.NONE, List.of());
    }

    /** The option of a connection. */
    public static String hostKey() {
        return KeyUtils.getFingerPrint(BuiltinDigests.sha256, HOST_KEY.getPublic());
    }

    /** The user's private key, as a file of keys has it. */
    static String userKey() {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(USER_KEY.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }
}
