package io.godwit.connector.json;

import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Foreign;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.VarChar;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import io.godwit.core.type.codec.FieldReader;
import java.nio.charset.StandardCharsets;

/** The text of a field's bytes, which {@link FieldParser} reads back as the same bytes. */
@FunctionalInterface
public interface FieldText {
    String of(byte[] bytes, int offset, int length);

    static FieldText of(LogicalType type) {
        if (type == Scalar.TEXT
                || type == Scalar.JSON
                || type == Scalar.XML
                || type instanceof VarChar
                || type instanceof Foreign) {
            return (bytes, offset, length) -> new String(bytes, offset, length, StandardCharsets.UTF_8);
        }
        if (type == Scalar.BOOL) {
            return (bytes, offset, length) -> bytes[offset] == 0 ? "false" : "true";
        }
        if (type == Scalar.INT8) {
            return (bytes, offset, length) -> Long.toString(new FieldReader(bytes, offset, length).int8());
        }
        if (type == Scalar.INT4) {
            return (bytes, offset, length) -> Integer.toString(new FieldReader(bytes, offset, length).int4());
        }
        Codec<Object> codec = Codecs.of(type);
        return (bytes, offset, length) -> codec.format(codec.decode(bytes, offset, length));
    }
}
