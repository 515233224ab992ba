package io.godwit.connector.mongodb;

import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Foreign;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.Temporal;
import io.godwit.core.type.LogicalType.VarChar;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import io.godwit.core.type.codec.FieldReader;
import io.godwit.core.type.codec.FieldWriter;
import io.godwit.core.type.codec.InvalidValueException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.bson.BsonType;

/** Makes a field's bytes of an element's value. Whatever the column's type could not keep whole is refused. */
@FunctionalInterface
interface ValueReader {
    int UUID_BYTES = 16;
    int UUID_SUBTYPE = 4;

    /** @throws InvalidValueException where the value is none of the column's */
    void read(BsonElements element, FieldWriter out);

    static ValueReader of(MongoColumn column) {
        LogicalType type = column.type();
        return switch (column.form()) {
            case BOOL ->
                (element, out) -> {
                    require(element, BsonType.BOOLEAN);
                    out.int1(element.bytes()[element.from()]);
                };
            case INT, LONG -> whole(type);
            case DOUBLE -> type == Scalar.FLOAT4 ? ValueReader::float4 : (element, out) -> out.float8(float8(element));
            case DECIMAL -> new DecimalReader((Decimal) type);
            case STRING -> string(type);
            case BINARY -> (element, out) -> binary(element, 0, out);
            case UUID ->
                (element, out) -> {
                    if (element.length() != 5 + UUID_BYTES) {
                        throw new InvalidValueException("not a UUID");
                    }
                    binary(element, UUID_SUBTYPE, out);
                };
            case DATE -> new DateReader((Temporal) type);
            case OBJECT_ID ->
                (element, out) -> {
                    require(element, BsonType.OBJECT_ID);
                    int from = element.from();
                    out.text(HexFormat.of().formatHex(element.bytes(), from, from + element.length()));
                };
            case OBJECT -> json(BsonType.DOCUMENT);
            case ARRAY -> json(BsonType.ARRAY);
            case ANY -> (element, out) -> out.text(ExtendedJson.of(element));
        };
    }

    private static ValueReader json(BsonType only) {
        return (element, out) -> {
            require(element, only);
            out.text(ExtendedJson.of(element));
        };
    }

    private static ValueReader whole(LogicalType type) {
        return (element, out) -> {
            long value;
            if (element.type() == BsonType.INT32) {
                value = LittleEndian.int4(element.bytes(), element.from());
            } else {
                require(element, BsonType.INT64);
                value = LittleEndian.int8(element.bytes(), element.from());
            }
            if (type == Scalar.INT8) {
                out.int8(value);
            } else if (type == Scalar.INT4 && (int) value == value) {
                out.int4((int) value);
            } else if (type == Scalar.INT2 && (short) value == value) {
                out.int2((int) value);
            } else {
                throw new InvalidValueException("a number beyond " + type.notation());
            }
        };
    }

    private static double float8(BsonElements element) {
        if (element.type() == BsonType.INT32) {
            return LittleEndian.int4(element.bytes(), element.from());
        }
        require(element, BsonType.DOUBLE);
        return Double.longBitsToDouble(LittleEndian.int8(element.bytes(), element.from()));
    }

    private static void float4(BsonElements element, FieldWriter out) {
        double value = float8(element);
        if (Double.compare((float) value, value) != 0) {
            throw new InvalidValueException("a number that float4 does not hold");
        }
        out.float4((float) value);
    }

    private static void binary(BsonElements element, int subtype, FieldWriter out) {
        require(element, BsonType.BINARY);
        if (element.bytes()[element.from() + 4] != subtype) {
            throw new InvalidValueException("binary of another subtype");
        }
        out.bytes(element.bytes(), element.from() + 5, element.length() - 5);
    }

    /** Text forms are those that Godwit writes, to the letter: others might be rounded on the way. */
    private static ValueReader string(LogicalType type) {
        boolean asItIs = type == Scalar.TEXT
                || type == Scalar.JSON
                || type == Scalar.XML
                || type instanceof Foreign
                || (type instanceof VarChar any && any.length() == null);
        if (asItIs) {
            return (element, out) -> out.bytes(text(element).getBytes(StandardCharsets.UTF_8));
        }
        Codec<Object> codec = Codecs.of(type);
        return (element, out) -> {
            String text = text(element);
            Object value = codec.parse(text);
            if (!codec.format(value).equals(text)) {
                throw new InvalidValueException("not the text form of " + type.notation());
            }
            codec.write(value, out);
        };
    }

    static String text(BsonElements element) {
        require(element, BsonType.STRING);
        return new FieldReader(element.bytes(), element.from() + 4, element.length() - 5).text();
    }

    static void require(BsonElements element, BsonType type) {
        if (element.type() != type) {
            throw new InvalidValueException("a value of BSON type " + element.type());
        }
    }
}
