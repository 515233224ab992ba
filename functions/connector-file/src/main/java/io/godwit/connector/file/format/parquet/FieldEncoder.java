package io.godwit.connector.file.format.parquet;

import io.godwit.connector.json.FieldText;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.codec.FieldReader;
import io.godwit.core.type.value.DateValue;
import io.godwit.core.type.value.TimestampValue;
import java.nio.charset.StandardCharsets;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/** Adds a field of the wire to a column. */
@FunctionalInterface
interface FieldEncoder {
    /** 2000-01-01, where the wire counts from, in microseconds since 1970-01-01, where Parquet does. */
    long EPOCH_MICROS = DateValue.EPOCH_DAY * TimestampValue.MICROS_PER_DAY;

    /** False: the column has no place for the value, and nothing was added. */
    boolean write(byte[] bytes, int offset, int length, ColumnWriter column);

    static FieldEncoder of(LogicalType type, PrimitiveType column) {
        if (ParquetTypes.isText(type) || type == Scalar.BYTEA || type == Scalar.UUID) {
            return FieldEncoder::bytes;
        }
        if (type instanceof Decimal decimal && decimal.precision() != null && !isText(column)) {
            return new DecimalEncoder(decimal.scale() == null ? 0 : decimal.scale(), column);
        }
        if (column.getLogicalTypeAnnotation() instanceof DateLogicalTypeAnnotation) {
            return FieldEncoder::date;
        }
        if (column.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation) {
            return FieldEncoder::timestamp;
        }
        return switch (column.getPrimitiveTypeName()) {
            case BOOLEAN ->
                (bytes, offset, length, to) -> {
                    to.write(bytes[offset] != 0, 0, 1);
                    return true;
                };
            case INT32 ->
                type == Scalar.INT2
                        ? (bytes, offset, length, to) -> {
                            to.write((int) new FieldReader(bytes, offset, length).int2(), 0, 1);
                            return true;
                        }
                        : (bytes, offset, length, to) -> {
                            to.write(new FieldReader(bytes, offset, length).int4(), 0, 1);
                            return true;
                        };
            case INT64 -> type == Scalar.INT8 ? FieldEncoder::int8 : FieldEncoder::time;
            case FLOAT ->
                (bytes, offset, length, to) -> {
                    to.write(new FieldReader(bytes, offset, length).float4(), 0, 1);
                    return true;
                };
            case DOUBLE ->
                (bytes, offset, length, to) -> {
                    to.write(new FieldReader(bytes, offset, length).float8(), 0, 1);
                    return true;
                };
            default -> type == Scalar.JSONB ? FieldEncoder::jsonb : text(type);
        };
    }

    private static boolean isText(PrimitiveType column) {
        return column.getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.BINARY;
    }

    private static boolean bytes(byte[] bytes, int offset, int length, ColumnWriter to) {
        to.write(Binary.fromReusedByteArray(bytes, offset, length), 0, 1);
        return true;
    }

    private static boolean jsonb(byte[] bytes, int offset, int length, ColumnWriter to) {
        return bytes(bytes, offset + 1, length - 1, to); // after the version
    }

    private static boolean int8(byte[] bytes, int offset, int length, ColumnWriter to) {
        to.write(new FieldReader(bytes, offset, length).int8(), 0, 1);
        return true;
    }

    private static boolean date(byte[] bytes, int offset, int length, ColumnWriter to) {
        DateValue date = new DateValue(new FieldReader(bytes, offset, length).int4());
        if (!date.isFinite()) {
            return false;
        }
        to.write(date.days() + DateValue.EPOCH_DAY, 0, 1);
        return true;
    }

    private static boolean time(byte[] bytes, int offset, int length, ColumnWriter to) {
        long micros = new FieldReader(bytes, offset, length).int8();
        if (micros >= TimestampValue.MICROS_PER_DAY) {
            return false; // 24:00
        }
        to.write(micros, 0, 1);
        return true;
    }

    private static boolean timestamp(byte[] bytes, int offset, int length, ColumnWriter to) {
        TimestampValue moment = new TimestampValue(new FieldReader(bytes, offset, length).int8());
        if (!moment.isFinite() || moment.micros() > Long.MAX_VALUE - EPOCH_MICROS) {
            return false;
        }
        to.write(moment.micros() + EPOCH_MICROS, 0, 1);
        return true;
    }

    private static FieldEncoder text(LogicalType type) {
        FieldText text = FieldText.of(type);
        return (bytes, offset, length, to) -> {
            to.write(
                    Binary.fromConstantByteArray(text.of(bytes, offset, length).getBytes(StandardCharsets.UTF_8)),
                    0,
                    1);
            return true;
        };
    }
}
