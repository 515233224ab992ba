package io.godwit.core.type.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.BlankPaddedChar;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.VarChar;
import io.godwit.core.type.TypeLattice;
import org.jspecify.annotations.Nullable;

/** Fields whose bytes are nearly those of text, and text of the commonest types, written as bytes at once. */
final class TextConverters {
    private TextConverters() {}

    /** Null where the value must be parsed. */
    static @Nullable FieldConverter of(LogicalType from, LogicalType to) {
        if (from == Scalar.JSONB && (to == Scalar.JSON || isUnlimited(to))) {
            return TextConverters::withoutVersion;
        }
        if (to == Scalar.JSONB && (from == Scalar.JSON || isUnlimited(from))) {
            return TextConverters::withVersion;
        }
        if (from == Scalar.CIDR && to == Scalar.INET) {
            return TextConverters::hostAddress;
        }
        if (from == Scalar.MACADDR && to == Scalar.MACADDR8) {
            return TextConverters::longerAddress;
        }
        boolean toText = to == Scalar.TEXT || to instanceof VarChar;
        if (!toText || !TypeLattice.decide(from, to).isLossless()) {
            return null;
        }
        if (from instanceof BlankPaddedChar) {
            return (bytes, offset, length, out) -> out.bytes(bytes, offset, withoutBlanks(bytes, offset, length));
        }
        NumberConverters.WholeReader whole = from == Scalar.BOOL ? null : NumberConverters.whole(from);
        if (whole != null) {
            return (bytes, offset, length, out) ->
                    out.bytes(Long.toString(whole.read(bytes, offset, length)).getBytes(ISO_8859_1));
        }
        FieldConverters.TextOf text = FieldConverters.textOf(from);
        return (bytes, offset, length, out) -> out.text(text.of(bytes, offset, length));
    }

    /** Bytes of the text without the blanks at its end. */
    static int withoutBlanks(byte[] bytes, int offset, int length) {
        int end = offset + length;
        while (end > offset && bytes[end - 1] == ' ') {
            end--;
        }
        return end - offset;
    }

    private static boolean isUnlimited(LogicalType type) {
        return type == Scalar.TEXT || (type instanceof VarChar varchar && varchar.length() == null);
    }

    private static void withoutVersion(byte[] from, int offset, int length, FieldWriter out) {
        if (length < 1 || from[offset] != TextCodecs.VERSION) {
            throw new InvalidValueException("an unknown layout of jsonb");
        }
        out.bytes(from, offset + 1, length - 1);
    }

    private static void withVersion(byte[] from, int offset, int length, FieldWriter out) {
        out.int1(TextCodecs.VERSION);
        out.bytes(from, offset, length);
    }

    private static void hostAddress(byte[] from, int offset, int length, FieldWriter out) {
        FieldReader in = new FieldReader(from, offset, length);
        out.int2(in.int2());
        in.int1();
        out.int1(0);
        out.bytes(in.rest());
    }

    private static void longerAddress(byte[] from, int offset, int length, FieldWriter out) {
        NumberConverters.exactly(6, offset, length);
        out.bytes(from, offset, 3);
        out.int2(0xFFFE);
        out.bytes(from, offset + 3, 3);
    }
}
