package io.godwit.connector;

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

    /** For connectors that read no files of this machine. */
    public static Means of(SecretResolver secrets) {
        Path nowhere = Path.of("/nonexistent");
        return new Means(secrets, nowhere, nowhere);
    }
}
