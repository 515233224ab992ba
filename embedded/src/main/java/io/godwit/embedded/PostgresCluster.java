package io.godwit.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The files of a PostgreSQL server: {@code data}, {@code password} and the logs, in its home. */
final class PostgresCluster {

    static final String SUPERUSER = "postgres";

    /** Ends the sessions and writes everything out. */
    static final String FAST_SHUTDOWN = "INT";

    private static final Duration INITDB_LIMIT = Duration.ofMinutes(2);
    private static final String SETTINGS = "godwit.conf";
    private static final int STATUS_LINE = 7;

    private final ServerHome home;

    PostgresCluster(ServerHome home) {
        this.home = home;
    }

    Path data() {
        return home.resolve("data");
    }

    boolean exists() {
        return Files.isDirectory(data());
    }

    /** The superuser's password; any will do in a temporary cluster, which trusts whoever reaches the loopback. */
    String password() {
        return exists(passwordFile()) ? read(passwordFile()).strip() : SUPERUSER;
    }

    /**
     * Makes the files, under another name until they are whole.
     *
     * @throws IllegalStateException if initdb fails
     */
    void initialize(PostgresBinaries binaries) {
        Path half = home.resolve("data.new");
        if (exists(half)) {
            FileTree.delete(half);
        }
        if (home.deleteAfter() == null) {
            writePassword();
            initdb(binaries, half, "--auth=scram-sha-256", "--pwfile=" + passwordFile());
        } else {
            // A copy takes a tenth of the time. All clusters so made have one identity, which only replicas would mind.
            FileTree.copy(
                    Cache.get(binaries.name() + "-cluster", made -> initdb(binaries, made, "--auth=trust")), half);
        }
        try {
            Files.writeString(
                    half.resolve("postgresql.conf"), "include '" + SETTINGS + "'\n", StandardOpenOption.APPEND);
            Files.move(half, data(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + data(), e);
        }
    }

    void configure(Map<String, String> settings) {
        StringBuilder text = new StringBuilder();
        settings.forEach((name, value) -> text.append(name)
                .append(" = '")
                .append(value.replace("'", "''"))
                .append("'\n"));
        write(data().resolve(SETTINGS), text.toString());
    }

    ServerProcess launch(PostgresBinaries binaries) {
        List<String> command = asOrdinaryUser();
        command.addAll(List.of(binaries.postgres(), "-D", data().toString()));
        return ServerProcess.start(EmbeddedPostgres.NAME, command, home, FAST_SHUTDOWN);
    }

    /** Whether the server of this process number says that it accepts connections. */
    boolean isReady(long pid) {
        List<String> lines = pidFile();
        return lines.size() > STATUS_LINE
                && lines.get(0).equals(Long.toString(pid))
                && lines.get(STATUS_LINE).strip().equals("ready");
    }

    /** Empty while there is none: a server that starts takes away what a killed one left, and writes its own. */
    private List<String> pidFile() {
        Path file = data().resolve("postmaster.pid");
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** PostgreSQL refuses to run as root; in a user namespace of its own it sees no such user. */
    private static List<String> asOrdinaryUser() {
        boolean root = System.getProperty("user.name").equals("root");
        return new ArrayList<>(root ? List.of("unshare", "-U") : List.of());
    }

    private void initdb(PostgresBinaries binaries, Path data, String... authentication) {
        List<String> command = asOrdinaryUser();
        command.addAll(List.of(binaries.initdb(), "-D", data.toString(), "-U", SUPERUSER, "--encoding=UTF8"));
        command.addAll(List.of("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
        command.addAll(List.of("--no-sync", "--no-instructions"));
        command.addAll(List.of(authentication));
        Path log = home.resolve("initdb.log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(home.path().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!process.waitFor(INITDB_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("initdb took more than " + INITDB_LIMIT.toSeconds() + " s");
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException("initdb failed (as root, it needs user namespaces):\n" + read(log));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + command.get(0), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during initdb", e);
        }
    }

    private Path passwordFile() {
        return home.resolve("password");
    }

    private void writePassword() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        try {
            Files.deleteIfExists(passwordFile());
            Files.createFile(
                    passwordFile(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + passwordFile(), e);
        }
        write(passwordFile(), HexFormat.of().formatHex(bytes) + "\n");
    }

    private static boolean exists(Path path) {
        return Files.exists(path);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
