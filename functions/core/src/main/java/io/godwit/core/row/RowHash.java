package io.godwit.core.row;

import static java.lang.Long.rotateLeft;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * XXH64, seed 0, of a row's whole tuple.
 *
 * <p>Written from the specification (github.com/Cyan4973/xxHash, doc/xxhash_spec.md). Views through VarHandles are as
 * fast as the memory under C2, and several times faster than shifting bytes together under C1.
 */
public final class RowHash {
    private static final long PRIME1 = 0x9E3779B185EBCA87L;
    private static final long PRIME2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME3 = 0x165667B19E3779F9L;
    private static final long PRIME4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME5 = 0x27D4EB2F165667C5L;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private RowHash() {}

    /** The hash of the tuple that lies there. */
    public static long of(byte[] bytes, int offset, int length) {
        return of(bytes, offset, length, 0);
    }

    static long of(byte[] bytes, int offset, int length, long seed) {
        int end = offset + length;
        int at = offset;
        long hash;
        if (length >= 32) {
            long a = seed + PRIME1 + PRIME2;
            long b = seed + PRIME2;
            long c = seed;
            long d = seed - PRIME1;
            int lastStripe = end - 32;
            do {
                a = rotateLeft(a + (long) LONG.get(bytes, at) * PRIME2, 31) * PRIME1;
                b = rotateLeft(b + (long) LONG.get(bytes, at + 8) * PRIME2, 31) * PRIME1;
                c = rotateLeft(c + (long) LONG.get(bytes, at + 16) * PRIME2, 31) * PRIME1;
                d = rotateLeft(d + (long) LONG.get(bytes, at + 24) * PRIME2, 31) * PRIME1;
                at += 32;
            } while (at <= lastStripe);
            hash = rotateLeft(a, 1) + rotateLeft(b, 7) + rotateLeft(c, 12) + rotateLeft(d, 18);
            hash = merge(merge(merge(merge(hash, a), b), c), d);
        } else {
            hash = seed + PRIME5;
        }
        return avalanche(tail(bytes, at, end, hash + length));
    }

    private static long merge(long hash, long lane) {
        return (hash ^ rotateLeft(lane * PRIME2, 31) * PRIME1) * PRIME1 + PRIME4;
    }

    private static long tail(byte[] bytes, int from, int end, long start) {
        int at = from;
        long hash = start;
        for (; at + 8 <= end; at += 8) {
            hash ^= rotateLeft((long) LONG.get(bytes, at) * PRIME2, 31) * PRIME1;
            hash = rotateLeft(hash, 27) * PRIME1 + PRIME4;
        }
        if (at + 4 <= end) {
            hash ^= ((int) INT.get(bytes, at) & 0xFFFFFFFFL) * PRIME1;
            hash = rotateLeft(hash, 23) * PRIME2 + PRIME3;
            at += 4;
        }
        for (; at < end; at++) {
            hash ^= (bytes[at] & 0xFF) * PRIME5;
            hash = rotateLeft(hash, 11) * PRIME1;
        }
        return hash;
    }

    private static long avalanche(long tailed) {
        long hash = tailed;
        hash ^= hash >>> 33;
        hash *= PRIME2;
        hash ^= hash >>> 29;
        hash *= PRIME3;
        return hash ^ hash >>> 32;
    }
}
