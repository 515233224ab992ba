package io.godwit.core.type.codec;

import io.godwit.core.type.LogicalType.BlankPaddedChar;
import io.godwit.core.type.LogicalType.Enumeration;
import io.godwit.core.type.LogicalType.VarChar;
import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Types whose bytes are text in UTF-8, some behind a version. */
final class TextCodecs {
    /** The one version that PostgreSQL has of jsonb's and jsonpath's layouts. */
    static final int VERSION = 1;

    private static final int NAME_BYTES = 63;

    static final Codec<String> TEXT = plain(TextCodecs::withoutNul);
    static final Codec<String> NAME = plain(TextCodecs::identifier);
    static final Codec<String> VERSIONED = new FunctionCodec<>(
            TextCodecs::readVersioned, TextCodecs::writeVersioned, value -> value, TextCodecs::withoutNul);
    static final Codec<Byte> CHAR_BYTE = new FunctionCodec<>(
            FieldReader::int1, (out, value) -> out.int1(value), TextCodecs::oneByte, TextCodecs::oneByte);

    private TextCodecs() {}

    static Codec<String> varchar(VarChar type) {
        return plain(text -> cut(withoutNul(text), type.length()));
    }

    static Codec<String> blankPadded(BlankPaddedChar type) {
        return plain(text -> {
            String cut = cut(withoutNul(text), type.length());
            int missing = type.length() == null ? 0 : type.length() - cut.codePointCount(0, cut.length());
            return cut + " ".repeat(missing);
        });
    }

    static Codec<String> enumeration(Enumeration type) {
        Set<String> labels = new HashSet<>(type.labels());
        return plain(text -> {
            if (!labels.contains(text)) {
                throw new InvalidValueException("none of the enumeration's labels");
            }
            return text;
        });
    }

    private static Codec<String> plain(UnaryOperator<String> parser) {
        return new FunctionCodec<>(FieldReader::text, (out, value) -> out.text(value), value -> value, parser);
    }

    private static String withoutNul(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new InvalidValueException("text with a zero character");
        }
        return text;
    }

    private static String identifier(String text) {
        if (withoutNul(text).getBytes(java.nio.charset.StandardCharsets.UTF_8).length > NAME_BYTES) {
            throw new InvalidValueException("a name of more than " + NAME_BYTES + " bytes");
        }
        return text;
    }

    /** Blanks beyond the length go, anything else there is refused. */
    private static String cut(String text, @Nullable Integer length) {
        if (length == null || text.codePointCount(0, text.length()) <= length) {
            return text;
        }
        int end = text.offsetByCodePoints(0, length);
        if (!text.substring(end).chars().allMatch(c -> c == ' ')) {
            throw new InvalidValueException("text of more than " + length + " characters");
        }
        return text.substring(0, end);
    }

    private static String readVersioned(FieldReader in) {
        int version = in.int1();
        if (version != VERSION) {
            throw new InvalidValueException("layout version " + version);
        }
        return in.text();
    }

    private static void writeVersioned(FieldWriter out, String value) {
        out.int1(VERSION);
        out.text(value);
    }

    /** Bytes above 127 are three octal digits; zero is the empty text. */
    private static String oneByte(byte value) {
        if (value < 0) {
            return "\\" + Integer.toOctalString(value & 0xFF);
        }
        return value == 0 ? "" : Character.toString(value);
    }

    private static byte oneByte(String text) {
        if (text.matches("\\\\[0-3][0-7]{2}")) {
            return (byte) Integer.parseInt(text.substring(1), 8);
        }
        if (text.length() > 1 || (!text.isEmpty() && text.charAt(0) > 127)) {
            throw new InvalidValueException("not a single byte");
        }
        return text.isEmpty() ? 0 : (byte) text.charAt(0);
    }
}
