package io.godwit.embedded;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A MariaDB server of this process, on 127.0.0.1, in a temporary directory. Its user {@link #user} may do everything.
 */
public final class EmbeddedMariaDb extends EmbeddedServer {
    /** Of its user. */
    public static final String PASSWORD = "loopback-only";

    private static final String NAME = "mariadb";
    private static final String USER = "godwit";
    private static final long INSTALL_SECONDS = 120;

    private final ServerHome home;
    private final boolean durable;
    private @Nullable MariaDbBinaries binaries;

    private EmbeddedMariaDb(ServerHome home, int port, boolean durable) {
        super(NAME, home, port);
        this.home = home;
        this.durable = durable;
    }

    /**
     * Starts a server on a free port.
     *
     * @param durable whether commits survive a crash of the machine; without, only one of the server. Tests are faster
     *     so
     */
    public static EmbeddedMariaDb start(boolean durable) {
        ServerHome home = ServerHome.open(null, NAME);
        EmbeddedMariaDb server = new EmbeddedMariaDb(home, FreePort.find(), durable);
        try {
            server.start();
            return server;
        } catch (RuntimeException e) {
            home.close();
            throw e;
        }
    }

    public String user() {
        return USER;
    }

    public String password() {
        return PASSWORD;
    }

    /** The server's own client, to be followed by its options. */
    public List<String> client() {
        return requireNonNull(binaries).client();
    }

    @Override
    void unpack() {
        binaries = MariaDbBinaries.found();
    }

    @Override
    void initialize() {
        Path data = home.resolve("data");
        if (Files.isDirectory(data)) {
            return;
        }
        try {
            Path half = home.resolve("data.new");
            FileTree.copy(Cache.get("mariadb-files-" + version(), this::install), half);
            Files.move(half, data, StandardCopyOption.ATOMIC_MOVE);
            Files.writeString(
                    home.resolve("init.sql"),
                    "CREATE USER IF NOT EXISTS '" + USER + "'@'%' IDENTIFIED BY '" + PASSWORD + "';\n"
                            + "GRANT ALL ON *.* TO '" + USER + "'@'%' WITH GRANT OPTION;\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + data, e);
        }
    }

    @Override
    ServerProcess launch() {
        List<String> command = new ArrayList<>(requireNonNull(binaries).server());
        command.addAll(common(home.resolve("data")));
        command.addAll(List.of(
                "--port=" + port(),
                "--bind-address=127.0.0.1",
                "--skip-name-resolve",
                "--socket=" + home.resolve("socket"),
                "--pid-file=" + home.resolve("pid"),
                "--init-file=" + home.resolve("init.sql"),
                "--character-set-server=utf8mb4",
                "--local-infile=ON",
                "--innodb-buffer-pool-size=128M",
                "--innodb-flush-log-at-trx-commit=" + (durable ? 1 : 2)));
        return ServerProcess.start(NAME, command, home, stopSignal());
    }

    @Override
    boolean isReady(ServerProcess started) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host(), port()), 1000);
            socket.setSoTimeout(1000);
            return socket.getInputStream().read() > 0;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    String stopSignal() {
        return "TERM";
    }

    @Override
    boolean mayBeKilled() {
        return true;
    }

    private List<String> common(Path data) {
        List<String> options = new ArrayList<>(
                List.of("--no-defaults", "--basedir=" + requireNonNull(binaries).usr(), "--datadir=" + data));
        if (System.getProperty("user.name").equals("root")) {
            options.add("--user=root");
        }
        return options;
    }

    private void install(Path data) throws IOException {
        List<String> command = new ArrayList<>(requireNonNull(binaries).install());
        command.addAll(common(data));
        command.addAll(List.of("--auth-root-authentication-method=normal", "--skip-test-db"));
        run(command);
    }

    private String version() throws IOException {
        List<String> command = new ArrayList<>(requireNonNull(binaries).server());
        command.addAll(List.of("--no-defaults", "--version"));
        return run(command).replaceAll(".*Ver ([0-9A-Za-z.-]+).*", "$1").strip();
    }

    private String run(List<String> command) throws IOException {
        Path log = home.resolve("program.log");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!process.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " took more than " + INSTALL_SECONDS + " s");
            }
            String output = Files.readString(log);
            if (process.exitValue() != 0) {
                throw new IllegalStateException(command + " failed:\n" + output);
            }
            return output;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during " + command, e);
        }
    }
}
