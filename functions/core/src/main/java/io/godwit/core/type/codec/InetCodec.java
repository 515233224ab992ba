package io.godwit.core.type.codec;

import io.godwit.core.type.value.InetValue;

/**
 * inet and cidr: one byte family (2 or 3), one byte bits of the prefix, one byte whether it is a cidr, one byte length
 * of the address, the address.
 *
 * @param network whether the type is cidr, whose text always shows the prefix
 */
record InetCodec(boolean network) implements Codec<InetValue> {
    private static final int IPV4 = 2;
    private static final int IPV6 = 3;

    @Override
    public InetValue read(FieldReader in) {
        int family = in.int1();
        int prefix = in.int1() & 0xFF;
        in.int1(); // says again which type it is
        int length = in.int1();
        boolean ipv6 = family == IPV6;
        if ((!ipv6 && family != IPV4) || length != (ipv6 ? 16 : 4) || prefix > length * 8) {
            throw new InvalidValueException("an address of family " + family + " with " + length + " bytes");
        }
        long high = ipv6 ? in.int8() : 0;
        return new InetValue(ipv6, high, ipv6 ? in.int8() : in.int4() & 0xFFFFFFFFL, prefix, network);
    }

    @Override
    public void write(InetValue value, FieldWriter out) {
        out.int1(value.ipv6() ? IPV6 : IPV4);
        out.int1(value.prefix());
        out.int1(network ? 1 : 0);
        out.int1(value.bits() / 8);
        if (value.ipv6()) {
            out.int8(value.high());
            out.int8(value.low());
        } else {
            out.int4((int) value.low());
        }
    }

    @Override
    public String format(InetValue value) {
        StringBuilder text = new StringBuilder(48);
        InetText.append(text, value);
        if (network || value.prefix() < value.bits()) {
            text.append('/').append(value.prefix());
        }
        return text.toString();
    }

    @Override
    public InetValue parse(String text) {
        InetValue value = InetText.parse(text.strip(), network);
        if (network && !value.isNetwork()) {
            throw new InvalidValueException("a network with bits after its prefix");
        }
        return value;
    }
}
