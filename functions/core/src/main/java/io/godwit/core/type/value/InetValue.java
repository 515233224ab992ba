package io.godwit.core.type.value;

/**
 * An address of a host or of a network.
 *
 * @param ipv6 else IPv4, whose address is in the low 32 bits of {@code low}
 * @param high the first eight bytes of an IPv6 address, else 0
 * @param low the last bytes of the address
 * @param prefix bits of the network, at most {@link #bits}
 * @param network whether it is PostgreSQL's cidr, whose bits after the prefix are zero
 */
public record InetValue(boolean ipv6, long high, long low, int prefix, boolean network) {
    public InetValue {
        if (prefix < 0 || prefix > (ipv6 ? 128 : 32)) {
            throw new IllegalArgumentException("a prefix of " + prefix + " bits");
        }
    }

    /** Bits of an address of this family. */
    public int bits() {
        return ipv6 ? 128 : 32;
    }

    /** The sixteen bits at {@code index}, 0 to 7, of an IPv6 address. */
    public int word(int index) {
        return (int) ((index < 4 ? high : low) >>> (16 * (3 - index % 4))) & 0xFFFF;
    }

    /** Whether every bit after the prefix is zero. */
    public boolean isNetwork() {
        if (!ipv6) {
            return (low & ((1L << (32 - prefix)) - 1)) == 0;
        }
        if (prefix >= 64) {
            return prefix == 128 || (low & (-1L >>> (prefix - 64))) == 0;
        }
        return low == 0 && (high & (-1L >>> prefix)) == 0;
    }
}
