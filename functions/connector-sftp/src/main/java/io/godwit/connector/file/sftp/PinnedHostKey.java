package io.godwit.connector.file.sftp;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.UserInfo;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Knows one server, by its key's fingerprint. */
final class PinnedHostKey implements HostKeyRepository {
    private final String fingerprint;
    private @Nullable String refused;

    PinnedHostKey(String fingerprint) {
        this.fingerprint = fingerprint;
    }

    /** The fingerprint of the key that was refused, if one was. */
    @Nullable
    String refused() {
        return refused;
    }

    static String fingerprint(byte[] key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public int check(String host, byte[] key) {
        String seen = fingerprint(key);
        if (seen.equals(fingerprint)) {
            return OK;
        }
        refused = seen;
        return NOT_INCLUDED;
    }

    @Override
    public void add(HostKey key, UserInfo user) {}

    @Override
    public void remove(String host, String type) {}

    @Override
    public void remove(String host, String type, byte[] key) {}

    @Override
    public String getKnownHostsRepositoryID() {
        return "the connection's option hostKey";
    }

    @Override
    public HostKey[] getHostKey() {
        return new HostKey[0];
    }

    @Override
    public HostKey[] getHostKey(String host, String type) {
        return new HostKey[0];
    }
}
