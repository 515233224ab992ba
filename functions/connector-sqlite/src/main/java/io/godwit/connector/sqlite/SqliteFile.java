package io.godwit.connector.sqlite;

import io.godwit.connector.Means;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * The file of a connection.
 *
 * @param path absolute, below {@code root} by its words
 * @param root the folder that the process lends
 */
record SqliteFile(Connection connection, SqliteOptions options, Path path, Path root) {

    /**
     * The file that {@code database} names, whether it is there or not.
     *
     * @throws GodwitException CONNECTION_OPTION_REFUSED where it lies outside the folder that the process lends
     */
    static SqliteFile of(Connection connection, Means means) {
        SqliteOptions options = SqliteOptions.of(connection);
        String database = connection.database();
        Path path;
        try {
            path = means.home().resolve(database).normalize();
        } catch (InvalidPathException e) {
            throw refused(connection, "is no path", "Name a file.");
        }
        if (path.equals(means.files()) || !path.startsWith(means.files())) {
            throw refused(
                    connection,
                    "lies outside " + means.files(),
                    "Name a file below it, or let whoever runs the functions change godwit.files.root.");
        }
        // The driver would read options of its own behind a question mark.
        if (path.toString().indexOf('?') >= 0 || path.toString().indexOf('\0') >= 0) {
            throw refused(connection, "has a question mark in its path", "Name a file without one.");
        }
        return new SqliteFile(connection, options, path, means.files());
    }

    boolean exists() {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Sees that no symbolic link leads elsewhere.
     *
     * @throws GodwitException CONNECTION_OPTION_REFUSED
     */
    void check() {
        if (Files.isSymbolicLink(path)) {
            throw refused(connection, "is a symbolic link", "Name the file itself.");
        }
        Path folder = path.getParent();
        try {
            if (folder != null && Files.exists(folder) && !folder.toRealPath().startsWith(root.toRealPath())) {
                throw refused(connection, "lies outside " + root + " behind a symbolic link", "Name a file below it.");
            }
        } catch (IOException e) {
            throw refused(connection, "cannot be looked for", "Check the rights of its folders.");
        }
    }

    /** What tells the file from another that takes its place; null where there is none. */
    @Nullable
    Object key() {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey();
        } catch (IOException e) {
            return null;
        }
    }

    private static GodwitException refused(Connection connection, String why, String remedy) {
        return new GodwitException(
                ErrorCode.CONNECTION_OPTION_REFUSED,
                "connection " + connection.name() + ": database " + connection.database() + " " + why,
                remedy);
    }
}
