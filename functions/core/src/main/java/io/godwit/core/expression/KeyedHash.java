package io.godwit.core.expression;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** SHA-256, and HMAC with it, as hexadecimal digits. Every Java has both. Not safe for threads. */
final class KeyedHash {
    private static final HexFormat HEX = HexFormat.of();

    private final Mac mac;

    KeyedHash(byte[] key) {
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    byte[] of(byte[] message) {
        return mac.doFinal(message);
    }

    String hexOf(byte[] message) {
        return HEX.formatHex(of(message));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    static String hex(byte[] bytes) {
        return HEX.formatHex(bytes);
    }

    static String hex(byte[] bytes, int count) {
        return HEX.formatHex(bytes, 0, count);
    }
}
