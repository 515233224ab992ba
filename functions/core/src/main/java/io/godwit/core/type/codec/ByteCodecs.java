package io.godwit.core.type.codec;

import io.godwit.core.type.LogicalType.Bits;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.UUID;

/** Bytes, bits, and what is so many bytes underneath. */
final class ByteCodecs {
    private static final HexFormat HEX = HexFormat.of();

    static final Codec<byte[]> BYTEA = new FunctionCodec<>(
            FieldReader::rest, FieldWriter::bytes, value -> "\\x" + HEX.formatHex(value), ByteCodecs::bytes);

    static final Codec<UUID> UUID_CODEC = new FunctionCodec<>(
            in -> new UUID(in.int8(), in.int8()),
            (out, value) -> {
                out.int8(value.getMostSignificantBits());
                out.int8(value.getLeastSignificantBits());
            },
            UUID::toString,
            text -> new UUID(hexadecimal(text, 32, 0), hexadecimal(text, 32, 16)));

    /** Six bytes, the first one highest in the number. */
    static final Codec<Long> MACADDR = new FunctionCodec<>(
            in -> ((long) in.uint2() << 32) | (in.int4() & 0xFFFFFFFFL),
            (out, value) -> {
                out.int2((int) (value >> 32));
                out.int4((int) (long) value);
            },
            value -> colons(value, 6),
            text -> hexadecimal(text, 12, 0));

    /** Eight bytes, the first one highest in the number. */
    static final Codec<Long> MACADDR8 = new FunctionCodec<>(
            FieldReader::int8,
            (out, value) -> out.int8(value),
            value -> colons(value, 8),
            text -> hexadecimal(text, 16, 0));

    private ByteCodecs() {}

    /** A value is its zeros and ones. */
    static Codec<String> bits(Bits type) {
        return new FunctionCodec<>(
                ByteCodecs::readBits, ByteCodecs::writeBits, value -> value, text -> bits(type, text));
    }

    private static String readBits(FieldReader in) {
        int length = in.int4();
        if (length < 0 || (length + 7L) / 8 != in.remaining()) {
            throw new InvalidValueException(length + " bits in " + in.remaining() + " bytes");
        }
        StringBuilder bits = new StringBuilder(length);
        byte[] bytes = in.rest();
        for (int i = 0; i < length; i++) {
            bits.append(((bytes[i / 8] >> (7 - i % 8)) & 1) == 0 ? '0' : '1');
        }
        return bits.toString();
    }

    private static void writeBits(FieldWriter out, String bits) {
        byte[] bytes = new byte[(bits.length() + 7) / 8];
        for (int i = 0; i < bits.length(); i++) {
            if (bits.charAt(i) == '1') {
                bytes[i / 8] |= (byte) (0x80 >> (i % 8));
            }
        }
        out.int4(bits.length());
        out.bytes(bytes);
    }

    private static String bits(Bits type, String text) {
        Integer length = type.length();
        if (!text.chars().allMatch(c -> c == '0' || c == '1')) {
            throw new InvalidValueException("not bits");
        }
        if (length != null && (type.varying() ? text.length() > length : text.length() != length)) {
            throw new InvalidValueException(text.length() + " bits, not " + length);
        }
        return text;
    }

    private static byte[] bytes(String text) {
        if (!text.startsWith("\\x")) {
            return escaped(text);
        }
        try {
            return HEX.parseHex(text.substring(2));
        } catch (IllegalArgumentException malformed) {
            throw new InvalidValueException("not bytes in hexadecimal");
        }
    }

    /** PostgreSQL's older form: a backslash and three octal digits, or another backslash. */
    private static byte[] escaped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                bytes.writeBytes(Character.toString(c).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            } else if (text.startsWith("\\\\", i)) {
                bytes.write('\\');
                i++;
            } else if (text.substring(i + 1, Math.min(i + 4, text.length())).matches("[0-3][0-7]{2}")) {
                bytes.write(Integer.parseInt(text.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                throw new InvalidValueException("not escaped bytes");
            }
        }
        return bytes.toByteArray();
    }

    private static String colons(long value, int bytes) {
        StringBuilder text = new StringBuilder(3 * bytes);
        for (int i = bytes - 1; i >= 0; i--) {
            HEX.toHexDigits(text, (byte) (value >> (8 * i)));
            text.append(i == 0 ? "" : ":");
        }
        return text.toString();
    }

    /** Up to 16 of the text's hexadecimal digits, of which there must be {@code digits}, whatever parts them. */
    private static long hexadecimal(String text, int digits, int from) {
        String plain = text.strip().replaceAll("[{}:.-]", "");
        if (plain.length() != digits) {
            throw new InvalidValueException("not " + digits + " hexadecimal digits");
        }
        try {
            return Long.parseUnsignedLong(plain.substring(from, Math.min(from + 16, digits)), 16);
        } catch (NumberFormatException malformed) {
            throw new InvalidValueException("not " + digits + " hexadecimal digits");
        }
    }
}
