package io.godwit.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Directories that are made once per user and never changed after. Each is made under a name of its own and then
 * renamed, so that it is there whole or not at all, and processes that make it at once do no harm: the first one's
 * stays.
 */
final class Cache {

    /** Makes the content of a new directory. */
    interface Content {
        void writeTo(Path directory) throws IOException;
    }

    private Cache() {}

    /** {@code $XDG_CACHE_HOME/godwit}, or {@code ~/.cache/godwit}. */
    static Path directory() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path base = xdg == null || xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return base.toAbsolutePath().resolve("godwit");
    }

    /**
     * The directory of this name, with this content.
     *
     * @param name tells this content apart from every other, past and future
     * @throws UncheckedIOException if it cannot be made
     */
    static Path get(String name, Content content) {
        Path there = directory().resolve(name);
        if (Files.isDirectory(there)) {
            return there;
        }
        try {
            Files.createDirectories(there.getParent());
            Path made = Files.createTempDirectory(there.getParent(), name + ".");
            content.writeTo(made);
            return moveUnlessThere(made, there);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack into " + there, e);
        }
    }

    private static Path moveUnlessThere(Path made, Path there) throws IOException {
        try {
            Files.move(made, there, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            FileTree.delete(made);
            if (!Files.isDirectory(there)) {
                throw e;
            }
        }
        return there;
    }
}
