package io.godwit.core.expression;

import io.godwit.core.type.codec.InvalidValueException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM of a column's values. What it makes of one, byte by byte:
 *
 * <pre>
 *  0       the version of this layout: 1
 *  1 -  4  the key's id: the first 4 bytes of SHA-256("godwit column key" and the key)
 *  5 - 16  the nonce, random
 * 17 - ..  the ciphertext, as long as the value, and the tag of 16 bytes
 * </pre>
 *
 * Bytes 0 to 4 are authenticated as well. A key should encrypt fewer than 2^32 values: nonces are random. Not safe for
 * threads.
 */
final class ColumnCipher {
    static final byte VERSION = 1;
    static final int ID_BYTES = 4;
    static final int NONCE_BYTES = 12;
    static final int HEADER_BYTES = 1 + ID_BYTES;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final byte[] header;
    private final Cipher cipher;

    ColumnCipher(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
        MessageDigest digest = KeyedHash.sha256();
        digest.update("godwit column key".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        this.header = new byte[HEADER_BYTES];
        header[0] = VERSION;
        System.arraycopy(digest.digest(key), 0, header, 1, ID_BYTES);
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    byte[] encrypt(byte[] value, SecureRandom random) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return encrypt(value, nonce);
    }

    byte[] encrypt(byte[] value, byte[] nonce) {
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(header);
            byte[] sealed = Arrays.copyOf(header, HEADER_BYTES + NONCE_BYTES + cipher.getOutputSize(value.length));
            System.arraycopy(nonce, 0, sealed, HEADER_BYTES, NONCE_BYTES);
            cipher.doFinal(value, 0, value.length, sealed, HEADER_BYTES + NONCE_BYTES);
            return sealed;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** @throws InvalidValueException where it was not encrypted so, or under another key, or was changed since */
    byte[] decrypt(byte[] sealed) {
        if (sealed.length < HEADER_BYTES + NONCE_BYTES + TAG_BITS / 8 || sealed[0] != VERSION) {
            throw new InvalidValueException("it was not made by encrypt");
        }
        if (!Arrays.equals(sealed, 0, HEADER_BYTES, header, 0, HEADER_BYTES)) {
            throw new InvalidValueException("it was encrypted under another key: under "
                    + KeyedHash.hex(Arrays.copyOfRange(sealed, 1, HEADER_BYTES)) + ", this one is "
                    + KeyedHash.hex(Arrays.copyOfRange(header, 1, HEADER_BYTES)));
        }
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, HEADER_BYTES, NONCE_BYTES));
            cipher.updateAAD(header);
            int from = HEADER_BYTES + NONCE_BYTES;
            return cipher.doFinal(sealed, from, sealed.length - from);
        } catch (AEADBadTagException changed) {
            throw new InvalidValueException("it does not decrypt: it was changed, or the key is another one");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
