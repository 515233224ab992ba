package io.godwit.connector.mongodb;

import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Foreign;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.VarChar;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import io.godwit.core.type.codec.FieldReader;
import io.godwit.core.type.codec.InvalidValueException;
import io.godwit.core.type.value.DecimalValue;
import io.godwit.core.type.value.TimestampValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import org.bson.BsonType;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/** Makes an element of a field's bytes; what {@link ValueReader} reads back as the same bytes. */
@FunctionalInterface
interface ValueWriter {
    int OBJECT_ID_DIGITS = 24;

    /** Of Decimal128: digits, those that may stand before the point, and the last that may stand after it. */
    int MOST_DIGITS = 34;

    int MOST_WHOLE_DIGITS = 6145;
    int MOST_SCALE = 6176;

    /** @throws InvalidValueException where the column's BSON type cannot have the value */
    void write(byte[] name, FieldReader value, DocumentBytes out);

    static ValueWriter of(MongoColumn column) {
        LogicalType type = column.type();
        return switch (column.form()) {
            case BOOL ->
                (name, value, out) -> {
                    out.element(BsonType.BOOLEAN, name);
                    out.int1(value.int1());
                };
            case INT ->
                (name, value, out) -> {
                    out.element(BsonType.INT32, name);
                    out.int4(type == Scalar.INT2 ? value.int2() : value.int4());
                };
            case LONG ->
                (name, value, out) -> {
                    out.element(BsonType.INT64, name);
                    out.int8(value.int8());
                };
            case DOUBLE ->
                (name, value, out) -> {
                    out.element(BsonType.DOUBLE, name);
                    out.int8(Double.doubleToRawLongBits(type == Scalar.FLOAT4 ? value.float4() : value.float8()));
                };
            case DECIMAL -> decimal(Codecs.of(type));
            case STRING -> string(type);
            case BINARY -> (name, value, out) -> binary(name, 0, value.rest(), out);
            case UUID -> (name, value, out) -> binary(name, ValueReader.UUID_SUBTYPE, value.rest(), out);
            case DATE -> ValueWriter::date;
            case OBJECT_ID -> ValueWriter::objectId;
            case OBJECT -> (name, value, out) -> json(name, BsonType.DOCUMENT, value, out);
            case ARRAY -> (name, value, out) -> json(name, BsonType.ARRAY, value, out);
            case ANY -> (name, value, out) -> json(name, null, value, out);
        };
    }

    private static ValueWriter decimal(Codec<Object> codec) {
        return (name, value, out) -> {
            DecimalValue number = (DecimalValue) codec.read(value);
            Decimal128 held = decimal128(number);
            if (held == null) {
                text(name, number.toString(), out);
            } else {
                out.element(BsonType.DECIMAL128, name);
                out.int8(held.getLow());
                out.int8(held.getHigh());
            }
        };
    }

    /** Null: it has not this number, or not so many digits after its point. */
    private static @Nullable Decimal128 decimal128(DecimalValue number) {
        return switch (number.kind()) {
            case NAN -> Decimal128.NaN;
            case INFINITY -> Decimal128.POSITIVE_INFINITY;
            case NEGATIVE_INFINITY -> Decimal128.NEGATIVE_INFINITY;
            case FINITE -> exact(number);
        };
    }

    private static @Nullable Decimal128 exact(DecimalValue number) {
        BigDecimal finite = Objects.requireNonNull(number.number());
        boolean fits = finite.scale() <= MOST_SCALE
                && finite.precision() - finite.scale() <= MOST_WHOLE_DIGITS
                && finite.stripTrailingZeros().precision() <= MOST_DIGITS;
        if (!fits) {
            return null;
        }
        Decimal128 held = new Decimal128(finite);
        return DecimalReader.of(held).equals(number) ? held : null;
    }

    private static void date(byte[] name, FieldReader value, DocumentBytes out) {
        TimestampValue moment = new TimestampValue(value.int8());
        if (!moment.isFinite()) {
            text(name, moment.micros() > 0 ? DateReader.INFINITY : DateReader.NEGATIVE_INFINITY, out);
            return;
        }
        if (moment.micros() % 1000 != 0) {
            throw new InvalidValueException("a moment with microseconds");
        }
        out.element(BsonType.DATE_TIME, name);
        out.int8(moment.micros() / 1000 + DateReader.EPOCH_MILLIS);
    }

    private static void objectId(byte[] name, FieldReader value, DocumentBytes out) {
        String text = value.text();
        if (!text.matches("[0-9a-f]{" + OBJECT_ID_DIGITS + "}")) {
            throw new InvalidValueException("not the 24 hexadecimal digits of an ObjectId");
        }
        byte[] id = HexFormat.of().parseHex(text);
        out.element(BsonType.OBJECT_ID, name);
        out.raw(id, 0, id.length);
    }

    private static void json(byte[] name, @Nullable BsonType only, FieldReader value, DocumentBytes out) {
        BsonElements element = ExtendedJson.parse(value.text());
        if (only != null) {
            ValueReader.require(element, only);
        }
        out.element(element.type(), name);
        out.raw(element.bytes(), element.from(), element.length());
    }

    private static void binary(byte[] name, int subtype, byte[] value, DocumentBytes out) {
        out.element(BsonType.BINARY, name);
        out.int4(value.length);
        out.int1(subtype);
        out.raw(value, 0, value.length);
    }

    private static ValueWriter string(LogicalType type) {
        boolean asItIs = type == Scalar.TEXT
                || type == Scalar.JSON
                || type == Scalar.XML
                || type instanceof Foreign
                || type instanceof VarChar;
        if (asItIs) {
            return (name, value, out) -> {
                byte[] text = value.rest();
                out.element(BsonType.STRING, name);
                out.string(text, 0, text.length);
            };
        }
        Codec<Object> codec = Codecs.of(type);
        return (name, value, out) -> text(name, codec.format(codec.read(value)), out);
    }

    private static void text(byte[] name, String text, DocumentBytes out) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.element(BsonType.STRING, name);
        out.string(bytes, 0, bytes.length);
    }
}
