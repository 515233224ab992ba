package io.godwit.core.type.codec;

import io.godwit.core.type.value.InetValue;
import java.util.ArrayList;
import java.util.List;

/** Addresses as PostgreSQL writes them: the longest run of zero words of an IPv6 address becomes {@code ::}. */
final class InetText {
    private InetText() {}

    static void append(StringBuilder text, InetValue value) {
        if (!value.ipv6()) {
            dotted(text, value.low());
            return;
        }
        int runStart = -1;
        int runLength = 1; // a run of one is not shortened
        for (int i = 0, length = 0; i < 8; i++) {
            length = value.word(i) == 0 ? length + 1 : 0;
            if (length > runLength) {
                runLength = length;
                runStart = i - length + 1;
            }
        }
        boolean embedsIpv4 = runStart == 0 && (runLength == 6 || (runLength == 5 && value.word(5) == 0xFFFF));
        for (int i = 0; i < 8; i++) {
            if (i == runStart) {
                text.append("::");
                i += runLength - 1;
                continue;
            }
            if (i > 0 && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            if (embedsIpv4 && i == 6) {
                dotted(text, value.low() & 0xFFFFFFFFL);
                return;
            }
            text.append(Integer.toHexString(value.word(i)));
        }
    }

    private static void dotted(StringBuilder text, long address) {
        text.append((address >> 24) & 255)
                .append('.')
                .append((address >> 16) & 255)
                .append('.');
        text.append((address >> 8) & 255).append('.').append(address & 255);
    }

    static InetValue parse(String text, boolean network) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        boolean ipv6 = address.indexOf(':') >= 0;
        int bits = ipv6 ? 128 : 32;
        int prefix = slash < 0 ? bits : (int) NumberCodecs.whole(text.substring(slash + 1), 0, bits);
        if (!ipv6) {
            return new InetValue(false, 0, ipv4(address), prefix, network);
        }
        List<Integer> words = ipv6(address);
        long high = 0;
        long low = 0;
        for (int i = 0; i < 4; i++) {
            high = (high << 16) | words.get(i);
            low = (low << 16) | words.get(i + 4);
        }
        return new InetValue(true, high, low, prefix, network);
    }

    private static long ipv4(String address) {
        String[] parts = address.split("\\.", -1);
        if (parts.length != 4) {
            throw new InvalidValueException("not an address");
        }
        long value = 0;
        for (String part : parts) {
            value = (value << 8) | NumberCodecs.whole(part, 0, 255);
        }
        return value;
    }

    private static List<Integer> ipv6(String address) {
        int gap = address.indexOf("::");
        List<Integer> words = words(gap < 0 ? address : address.substring(0, gap));
        if (gap >= 0) {
            List<Integer> after = words(address.substring(gap + 2));
            while (words.size() + after.size() < 8) {
                words.add(0);
            }
            words.addAll(after);
        }
        if (words.size() != 8) {
            throw new InvalidValueException("not an address");
        }
        return words;
    }

    private static List<Integer> words(String text) {
        List<Integer> words = new ArrayList<>();
        if (text.isEmpty()) {
            return words;
        }
        for (String part : text.split(":", -1)) {
            if (part.indexOf('.') >= 0) {
                long ipv4 = ipv4(part);
                words.add((int) (ipv4 >> 16));
                words.add((int) ipv4 & 0xFFFF);
            } else if (part.matches("[0-9a-fA-F]{1,4}")) {
                words.add(Integer.parseInt(part, 16));
            } else {
                throw new InvalidValueException("not an address");
            }
        }
        return words;
    }
}
