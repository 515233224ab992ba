package io.godwit.connector;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.port.SecretResolver;
import java.nio.file.Path;

/**
 * What a process lends to connectors.
 *
 * @param secrets what references to secrets stand for
 * @param files the folder of this machine below which connections of files may lie, absolute
 * @param home where a relative path of a connection begins, absolute
 */
public record Means(SecretResolver secrets, Path files, Path home) {

    /** The same for one connection: whoever misses a secret is told whose it is. */
    public Means of(Connection connection) {
        return new Means(reference -> resolve(connection, reference), files, home);
    }

    private String resolve(Connection connection, String reference) {
        try {
            return secrets.resolve(reference);
        } catch (GodwitException e) {
            if (e.code() != ErrorCode.SECRET_NOT_FOUND) {
                throw e;
            }
            throw new GodwitException(
                    e.code(), "connection " + connection.name() + ": " + e.getMessage(), e.remedy(), e);
        }
    }

    /** For connectors that read no files of this machine. */
    public static Means of(SecretResolver secrets) {
        Path nowhere = Path.of("/nonexistent");
        return new Means(secrets, nowhere, nowhere);
    }
}
