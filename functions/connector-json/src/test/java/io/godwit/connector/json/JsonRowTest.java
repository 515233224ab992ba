package io.godwit.connector.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.codec.FieldWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nested values, which are taken as their bytes are. */
class JsonRowTest {
    private static final List<JsonField> FIELDS = List.of(new JsonField("v", Scalar.JSON));

    private static byte[] object(String before, byte[] value, String after) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(("{\"v\": " + before).getBytes(StandardCharsets.UTF_8));
        all.writeBytes(value);
        all.writeBytes((after + "}").getBytes(StandardCharsets.UTF_8));
        return all.toByteArray();
    }

    /** Half a surrogate pair, more bytes than needed, beyond the last character, half a character, no beginning. */
    @ParameterizedTest
    @ValueSource(strings = {"eda080", "c080", "f4908080", "c3", "80"})
    void nestedBytesThatAreNoUtf8AreMalformed(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        for (String before : List.of("\"", "[\"", "{\"a\": [\"", "{\"")) {
            String after = switch (before) {
                case "[\"" -> "\"]";
                case "{\"a\": [\"" -> "\"]}";
                case "{\"" -> "\": 1}";
                default -> "\"";
            };
            byte[] object = object(before, bytes, after);

            assertThatThrownBy(
                            () -> new JsonRow(FIELDS, FIELDS, false).read(object, 0, object.length, new FieldWriter()))
                    .as("%s%s", before, hex)
                    .isInstanceOf(JsonRowException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"ü\": [\"🐦\"  ]}", "[\"\uFFFD\"]", "\"ü\""})
    void nestedTextStaysAsItIs(String value) throws JsonRowException {
        byte[] object = object(value, new byte[0], "");
        FieldWriter tuple = new FieldWriter();

        new JsonRow(FIELDS, FIELDS, false).read(object, 0, object.length, tuple);

        byte[] bytes = tuple.toByteArray();
        assertThat(new String(bytes, 6, bytes.length - 6, StandardCharsets.UTF_8))
                .isEqualTo(value);
    }
}
