package io.godwit.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A server's directory, held by this process alone until it is closed; deleted then if it was temporary. */
final class ServerHome implements AutoCloseable {

    private final Path path;
    private final boolean temporary;
    private final FileChannel lockFile;

    private ServerHome(Path path, boolean temporary, FileChannel lockFile) {
        this.path = path;
        this.temporary = temporary;
        this.lockFile = lockFile;
    }

    /**
     * The given directory, made if it is not there, or a temporary one.
     *
     * @throws IllegalStateException if another server holds it
     * @throws UncheckedIOException if it cannot be made or locked
     */
    static ServerHome open(@Nullable Path given, String name) {
        try {
            Path path = given == null
                    ? Files.createTempDirectory("godwit-" + name + "-")
                    : Files.createDirectories(given.toAbsolutePath().normalize());
            return new ServerHome(path.toRealPath(), given == null, lock(path));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + given + " for " + name, e);
        }
    }

    /**
     * A temporary directory in the given one. What servers left there that did not live to delete it goes.
     *
     * @throws UncheckedIOException if it cannot be made or locked
     */
    static ServerHome temporaryIn(Path parent, String name) {
        try {
            Files.createDirectories(parent);
            deleteUnheld(parent);
            Path path = Files.createTempDirectory(parent, name + "-");
            return new ServerHome(path.toRealPath(), true, lock(path));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + parent + " for " + name, e);
        }
    }

    private static void deleteUnheld(Path parent) throws IOException {
        try (Stream<Path> left = Files.list(parent)) {
            for (Path each : (Iterable<Path>) left::iterator) {
                if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS) && !isHeld(each)) {
                    FileTree.delete(each);
                }
            }
        }
    }

    private static boolean isHeld(Path path) throws IOException {
        try {
            lock(path).close();
            return false;
        } catch (IllegalStateException held) {
            return true;
        }
    }

    private static FileChannel lock(Path path) throws IOException {
        FileChannel file = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = file.tryLock();
            if (lock != null) {
                return file;
            }
        } catch (OverlappingFileLockException heldByThisProcess) {
            // as if held by another
        }
        file.close();
        throw new IllegalStateException(path + " is in use by another server; stop it, or name another directory");
    }

    Path path() {
        return path;
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    /** Null unless the directory is temporary: what to delete, should this process be unable to. */
    @Nullable
    Path deleteAfter() {
        return temporary ? path : null;
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unlock " + path, e);
        }
        if (temporary) {
            FileTree.delete(path);
        }
    }
}
