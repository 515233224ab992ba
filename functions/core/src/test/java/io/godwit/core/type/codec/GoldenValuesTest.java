package io.godwit.core.type.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Scalar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Values of every type in {@code schemas/batch/golden/types/values.tsv}: type, text, bytes. */
class GoldenValuesTest {
    private static final Path FILE = Path.of("..", "..", "schemas", "batch", "golden", "types", "values.tsv");
    private static final HexFormat HEX = HexFormat.of();

    private record Value(LogicalType type, String text, String hex) {}

    @Test
    void areReadAndWrittenAsTheyStand() throws IOException {
        for (Value value : values()) {
            Codec<Object> codec = Codecs.of(value.type);
            Object decoded = codec.decode(HEX.parseHex(value.hex));
            assertThat(codec.format(decoded)).as("text of %s", value).isEqualTo(value.text);
            assertThat(HEX.formatHex(codec.encode(decoded)))
                    .as("bytes of %s", value)
                    .isEqualTo(value.hex);
            if (value.type != Scalar.TSQUERY) { // text does not show how operators of one kind are grouped
                assertThat(HEX.formatHex(codec.encode(codec.parse(value.text))))
                        .as("bytes of the text of %s", value)
                        .isEqualTo(value.hex);
            }
        }
    }

    @Test
    void cutOrAlteredBytesAreAValueOrRefused() throws IOException {
        Random random = new Random(6);
        for (Value value : values()) {
            byte[] bytes = HEX.parseHex(value.hex);
            for (int length = 0; length < bytes.length; length++) {
                decodeOrRefuse(value, Arrays.copyOf(bytes, length));
                byte[] altered = bytes.clone();
                altered[length] ^= (byte) (1 + random.nextInt(255));
                decodeOrRefuse(value, altered);
            }
            decodeOrRefuse(value, Arrays.copyOf(bytes, bytes.length + 1));
        }
    }

    @Test
    void alteredTextIsAValueOrRefused() throws IOException {
        Random random = new Random(7);
        for (Value value : values()) {
            for (int i = 0; i < value.text.length(); i++) {
                StringBuilder altered = new StringBuilder(value.text);
                altered.setCharAt(i, " 09-+.:,/\\'\"{}[]()ae".charAt(random.nextInt(20)));
                parseOrRefuse(value, altered.toString());
                parseOrRefuse(value, value.text.substring(0, i));
            }
        }
    }

    /** No other exception than the refusal, and what is read can be written. */
    private static void decodeOrRefuse(Value value, byte[] bytes) {
        Codec<Object> codec = Codecs.of(value.type);
        try {
            Object decoded = codec.decode(bytes);
            codec.format(decoded);
            codec.encode(decoded);
        } catch (InvalidValueException refused) {
            assertThat(refused.getMessage()).isNotEmpty();
        } catch (RuntimeException other) {
            throw new AssertionError(value + " as " + HEX.formatHex(bytes), other);
        }
    }

    private static void parseOrRefuse(Value value, String text) {
        Codec<Object> codec = Codecs.of(value.type);
        try {
            codec.encode(codec.parse(text));
        } catch (InvalidValueException refused) {
            assertThat(refused.getMessage()).isNotEmpty();
        } catch (RuntimeException other) {
            throw new AssertionError(value + " as " + text, other);
        }
    }

    private static List<Value> values() throws IOException {
        return Files.readAllLines(FILE).stream()
                .map(line -> line.split("\t", -1))
                .map(parts -> new Value(LogicalType.parse(parts[0]), parts[1], parts[2]))
                .toList();
    }
}
