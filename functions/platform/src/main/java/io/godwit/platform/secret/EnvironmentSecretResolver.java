package io.godwit.platform.secret;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.port.SecretResolver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Secrets from the process's environment: its variables, its files, and what Kubernetes mounts.
 *
 * <p>{@code env:NAME} is a variable. {@code file:PATH} is a file's text. {@code kubernetes:SECRET/KEY} is the file that
 * a Secret's key is mounted as, under {@code /etc/godwit/secrets}. One line end at the end of a file is not part of the
 * secret.
 */
public final class EnvironmentSecretResolver implements SecretResolver {
    /** A system property: where a person sets variables of this process, as the end of a sentence. */
    public static final String WHERE = "godwit.secrets.where";

    private static final long MOST_BYTES = 64 << 10;
    private static final Pattern KUBERNETES = Pattern.compile("[a-z0-9][a-z0-9.-]*/[A-Za-z0-9_][A-Za-z0-9._-]*");

    private final Variables variables;
    private final Path mounts;

    /** The process's variables. */
    @FunctionalInterface
    interface Variables {
        @Nullable
        String find(String name);
    }

    public EnvironmentSecretResolver() {
        this(System::getenv, Path.of("/etc/godwit/secrets"));
    }

    EnvironmentSecretResolver(Variables variables, Path mounts) {
        this.variables = variables;
        this.mounts = mounts;
    }

    @Override
    public String resolve(String reference) {
        int colon = reference.indexOf(':');
        String kind = colon < 0 ? "" : reference.substring(0, colon);
        String name = reference.substring(colon + 1);
        return switch (kind) {
            case "env" -> variable(name);
            case "file" -> file(reference, name);
            case "kubernetes" -> mounted(reference, name);
            // What has no known kind may be the secret itself: it is not repeated.
            default ->
                throw notFound(
                        "a secret's reference is of no known kind",
                        "Write env:NAME, file:PATH or kubernetes:SECRET/KEY, never the secret itself.",
                        null);
        };
    }

    private String variable(String name) {
        String value = variables.find(name);
        if (value == null) {
            throw notFound(
                    "secret env:" + name + ": no such variable",
                    "Set " + name + " " + System.getProperty(WHERE, "where the readers and writers run."),
                    null);
        }
        return value;
    }

    private String mounted(String reference, String name) {
        if (!KUBERNETES.matcher(name).matches() || name.contains("..")) {
            throw notFound(
                    "secret " + reference + ": not of the form SECRET/KEY", "Write kubernetes:SECRET/KEY.", null);
        }
        return file(reference, mounts.resolve(name).toString());
    }

    private static String file(String reference, String path) {
        try {
            Path file = Path.of(path);
            if (!Files.isRegularFile(file)) {
                throw notFound(
                        "secret " + reference + ": no such file",
                        "Give the path of a file that holds the secret.",
                        null);
            }
            if (Files.size(file) > MOST_BYTES) {
                throw notFound(
                        "secret " + reference + ": larger than 64 KiB",
                        "Give the path of a file that holds the secret alone.",
                        null);
            }
            String text = Files.readString(file, StandardCharsets.UTF_8);
            return text.endsWith("\r\n")
                    ? text.substring(0, text.length() - 2)
                    : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        } catch (IOException | InvalidPathException e) {
            throw notFound("secret " + reference + " cannot be read", "It must be UTF-8 text that we may read.", e);
        }
    }

    private static GodwitException notFound(String message, String remedy, @Nullable Exception cause) {
        return new GodwitException(ErrorCode.SECRET_NOT_FOUND, message, remedy, cause);
    }
}
