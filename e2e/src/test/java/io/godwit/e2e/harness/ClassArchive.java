package io.godwit.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The classes of a packaged application as they lie in memory: made once a build, by whichever test comes first. */
public final class ClassArchive {
    private ClassArchive() {}

    /** Has an application write its archive. */
    @FunctionalInterface
    public interface Training {
        void write(Path archive) throws IOException, InterruptedException;
    }

    /** The archive beside the application's jar, newer than that. */
    public static synchronized Path of(Path jar, String name, Training training) {
        Path archive = jar.resolveSibling(name);
        // Tests of another process may need it at the same time.
        try (FileChannel channel = FileChannel.open(
                        jar.resolveSibling(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            if (!held.isValid() || !isNewer(archive, jar)) {
                Files.deleteIfExists(archive);
                training.write(archive);
                if (!isNewer(archive, jar)) {
                    throw new IllegalStateException(archive + " was not written");
                }
            }
            return archive;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static boolean isNewer(Path archive, Path jar) throws IOException {
        return Files.exists(archive)
                && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) >= 0;
    }
}
