package io.godwit.core.exchange;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM of a batch's payload. What it makes of one, byte by byte:
 *
 * <pre>
 *  0       the version of this layout: 1
 *  1 - 12  the nonce, random
 * 13 - ..  the ciphertext, as long as the payload, and the tag of 16 bytes
 * </pre>
 *
 * Whose batch it is, its number and its rows are authenticated as well: none can be put in another's place. Not safe
 * for threads.
 */
public final class BatchSeal {
    /** By how much a payload grows. */
    public static final int OVERHEAD = 1 + 12 + 16;

    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;
    private final Cipher cipher;
    private final byte[] nonce = new byte[NONCE_BYTES];

    /** The batch was sealed under another key, or was changed since, or was never sealed. */
    public static final class BrokenException extends Exception {
        private static final long serialVersionUID = 1L;

        BrokenException(Batch batch, Throwable cause) {
            super("batch " + batch.sequence() + " does not open under the run's key", cause);
        }
    }

    /** @param key of 32 bytes */
    public BatchSeal(byte[] key) {
        if (key.length != 32) {
            throw new IllegalArgumentException("a key of " + key.length + " bytes, not 32");
        }
        this.key = new SecretKeySpec(key, "AES");
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    public Batch seal(Batch clear) {
        RANDOM.nextBytes(nonce);
        byte[] sealed = new byte[clear.payload().length + OVERHEAD];
        sealed[0] = VERSION;
        System.arraycopy(nonce, 0, sealed, 1, NONCE_BYTES);
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(whose(clear));
            cipher.doFinal(clear.payload(), 0, clear.payload().length, sealed, 1 + NONCE_BYTES);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
        return with(clear, sealed);
    }

    public Batch open(Batch batch) throws BrokenException {
        byte[] sealed = batch.payload();
        if (sealed.length < OVERHEAD || sealed[0] != VERSION) {
            throw new BrokenException(batch, new IllegalArgumentException("it is not sealed"));
        }
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, 1, NONCE_BYTES));
            cipher.updateAAD(whose(batch));
            return with(batch, cipher.doFinal(sealed, 1 + NONCE_BYTES, sealed.length - 1 - NONCE_BYTES));
        } catch (AEADBadTagException other) {
            throw new BrokenException(batch, other);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Batch with(Batch batch, byte[] payload) {
        return new Batch(batch.subtask(), batch.attempt(), batch.sequence(), batch.rows(), payload);
    }

    private static byte[] whose(Batch batch) {
        byte[] name = (batch.subtask() + " " + batch.attempt()).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(name.length + 8)
                .putInt(batch.sequence())
                .putInt(batch.rows())
                .put(name)
                .array();
    }
}
