package io.godwit.core.expression;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.type.codec.InvalidValueException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Keys of columns: 32 bytes, kept as 64 hexadecimal digits or as base64. */
final class ColumnKey {
    static final int BYTES = 32;

    private static final Pattern REFERENCE = Pattern.compile("env:[^:]+|file:.+|kubernetes:[^/]+/[^/]+");

    private ColumnKey() {}

    /** @throws InvalidValueException where it is no reference of a secret */
    static void checkReference(String reference) {
        if (!REFERENCE.matcher(reference).matches()) {
            throw new InvalidValueException(
                    "a key is named by where it is kept: env:NAME, file:PATH or kubernetes:SECRET/KEY");
        }
    }

    /** @throws GodwitException SECRET_NOT_FOUND where nothing, or no key, is there; it never shows what is there */
    static byte[] resolve(Keys keys, String reference) {
        String text = keys.resolve(reference).strip();
        byte[] key = text.length() == 2 * BYTES ? hex(text) : base64(text);
        if (key.length != BYTES) {
            throw new GodwitException(
                    ErrorCode.SECRET_NOT_FOUND,
                    "what " + reference + " holds is no key of " + BYTES + " bytes",
                    "Keep it as 64 hexadecimal digits or as base64: openssl rand -base64 32 makes one.");
        }
        return key;
    }

    private static byte[] hex(String text) {
        try {
            return HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException malformed) {
            return new byte[0];
        }
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException malformed) {
            return new byte[0];
        }
    }
}
