package io.godwit.local.command;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A token as it may stand in a header. What does not look like one is not shown: it may be another secret. */
final class TokenText {
    private static final long MOST_BYTES = 64 << 10;

    // RFC 6750, b64token.
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private TokenText() {}

    static String of(String text, String place) {
        String token = text.strip();
        if (!FORM.matcher(token).matches()) {
            throw new GodwitException(
                    ErrorCode.COMMAND_LINE_INVALID,
                    place + " does not hold a bearer token",
                    "It holds the token alone: no word Bearer, no quotes, no second line.");
        }
        return token;
    }

    static String ofFile(String name) {
        try {
            Path file = Path.of(name);
            if (Files.size(file) > MOST_BYTES) {
                throw new GodwitException(
                        ErrorCode.COMMAND_LINE_INVALID, name + " is larger than a token", "Name the token's own file.");
            }
            return of(Files.readString(file), name);
        } catch (IOException | InvalidPathException e) {
            throw new GodwitException(
                    ErrorCode.COMMAND_LINE_INVALID,
                    name + ": the token cannot be read: " + e.getClass().getSimpleName(),
                    "Name a file that holds the token alone.",
                    e);
        }
    }
}
