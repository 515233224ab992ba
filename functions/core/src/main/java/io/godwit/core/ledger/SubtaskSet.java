package io.godwit.core.ledger;

import io.godwit.core.run.Digest;
import io.godwit.core.run.SubtaskId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Which subtasks, in a few bytes, however many they are: planner and sink compare what is planned with what is written.
 * A count alone would take one that no plan has for one that is missing.
 *
 * @param subtasks how many
 * @param ids the sum of the first 8 bytes of the SHA-256 of each id
 */
public record SubtaskSet(long subtasks, Digest ids) {
    public static final SubtaskSet EMPTY = new SubtaskSet(0, Digest.EMPTY);

    /** With one more, which was not among them. */
    public SubtaskSet plus(SubtaskId subtask) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(subtask.value().getBytes(StandardCharsets.UTF_8));
            return new SubtaskSet(
                    subtasks + 1, ids.plus(new Digest(ByteBuffer.wrap(hash).getLong())));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    public static SubtaskSet of(Iterable<SubtaskId> subtasks) {
        SubtaskSet all = EMPTY;
        for (SubtaskId subtask : subtasks) {
            all = all.plus(subtask);
        }
        return all;
    }
}
