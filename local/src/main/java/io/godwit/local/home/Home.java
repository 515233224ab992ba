package io.godwit.local.home;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.platform.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Godwit's folder on this machine: {@code $GODWIT_HOME}, else {@code ~/.godwit}. Only its owner may look inside. */
public final class Home {
    private final Path folder;

    private Home(Path folder) {
        this.folder = folder;
    }

    /** Finds the folder, and makes it where it is missing. */
    public static Home open() {
        @Nullable String named = System.getenv("GODWIT_HOME");
        Path folder = named == null || named.isBlank()
                ? Path.of(System.getProperty("user.home"), ".godwit")
                : Path.of(named).toAbsolutePath();
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new GodwitException(
                    ErrorCode.COMMAND_LINE_INVALID,
                    folder + " cannot be used as Godwit's folder: " + e.getMessage(),
                    "Set GODWIT_HOME to a folder that you may write.",
                    e);
        }
        return new Home(folder);
    }

    public Path folder(String name) {
        return folder.resolve(name);
    }

    /** How to reach the process that holds the lock, if one does. */
    public record Server(URI url, String token, long pid) {}

    /** The server that runs here, if its process lives. */
    public Optional<Server> server() {
        Path file = folder.resolve("server.json");
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            Server server = Json.mapper().readValue(file.toFile(), Server.class);
            return ProcessHandle.of(server.pid()).filter(ProcessHandle::isAlive).map(alive -> server);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Says how to reach this process; whole or not at all. */
    public void announce(Server server) {
        try {
            Path next = Files.createTempFile(
                    folder,
                    "server",
                    ".json",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Json.mapper().writeValue(next.toFile(), server);
            Files.move(
                    next,
                    folder.resolve("server.json"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes back what {@link #announce} said. */
    public void withdraw() {
        try {
            Files.deleteIfExists(folder.resolve("server.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Takes the lock that lets one process at a time run the system. The operating system frees it when the process
     * ends, however it ends.
     *
     * @return empty when another process holds it
     */
    public Optional<FileLock> lock() {
        try {
            FileChannel channel =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
            }
            return Optional.ofNullable(lock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
