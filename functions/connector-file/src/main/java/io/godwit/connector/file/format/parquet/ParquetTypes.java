package io.godwit.connector.file.format.parquet;

import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.BlankPaddedChar;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Enumeration;
import io.godwit.core.type.LogicalType.Foreign;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.Temporal;
import io.godwit.core.type.LogicalType.VarChar;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntervalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/** What a logical type is in Parquet, and what Parquet's types are here. */
final class ParquetTypes {
    /** The most digits of a DECIMAL that others read. */
    static final int MOST_DIGITS = 38;

    static final LogicalType TIME = new Temporal(Temporal.Kind.TIME, null);
    static final LogicalType TIMETZ = new Temporal(Temporal.Kind.TIMETZ, null);
    static final LogicalType TIMESTAMP = new Temporal(Temporal.Kind.TIMESTAMP, null);
    static final LogicalType TIMESTAMPTZ = new Temporal(Temporal.Kind.TIMESTAMPTZ, null);
    static final LogicalType INTERVAL = new Temporal(Temporal.Kind.INTERVAL, null);

    private static final int UUID_BYTES = 16;

    private ParquetTypes() {}

    /** The column of a type: what its values are to every reader; text, where Parquet has nothing nearer. */
    static PrimitiveType column(String name, LogicalType type) {
        if (type instanceof Scalar scalar) {
            return scalar(name, scalar);
        }
        if (type instanceof Decimal decimal && isStored(decimal)) {
            return decimal(name, decimal);
        }
        if (type instanceof Temporal temporal) {
            return temporal(name, temporal);
        }
        return type instanceof Enumeration
                ? text(name, LogicalTypeAnnotation.enumType())
                : text(name, LogicalTypeAnnotation.stringType());
    }

    private static PrimitiveType scalar(String name, Scalar type) {
        return switch (type) {
            case BOOL -> plain(name, PrimitiveTypeName.BOOLEAN);
            case INT2 ->
                Types.optional(PrimitiveTypeName.INT32)
                        .as(LogicalTypeAnnotation.intType(16))
                        .named(name);
            case INT4 -> plain(name, PrimitiveTypeName.INT32);
            case INT8 -> plain(name, PrimitiveTypeName.INT64);
            case FLOAT4 -> plain(name, PrimitiveTypeName.FLOAT);
            case FLOAT8 -> plain(name, PrimitiveTypeName.DOUBLE);
            case BYTEA -> plain(name, PrimitiveTypeName.BINARY);
            case DATE ->
                Types.optional(PrimitiveTypeName.INT32)
                        .as(LogicalTypeAnnotation.dateType())
                        .named(name);
            case UUID ->
                Types.optional(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
                        .length(UUID_BYTES)
                        .as(LogicalTypeAnnotation.uuidType())
                        .named(name);
            case JSON, JSONB -> text(name, LogicalTypeAnnotation.jsonType());
            default -> text(name, LogicalTypeAnnotation.stringType());
        };
    }

    private static PrimitiveType temporal(String name, Temporal type) {
        boolean zoned = type.kind() == Temporal.Kind.TIMESTAMPTZ;
        return switch (type.kind()) {
            case TIME ->
                Types.optional(PrimitiveTypeName.INT64)
                        .as(LogicalTypeAnnotation.timeType(false, TimeUnit.MICROS))
                        .named(name);
            case TIMESTAMP, TIMESTAMPTZ ->
                Types.optional(PrimitiveTypeName.INT64)
                        .as(LogicalTypeAnnotation.timestampType(zoned, TimeUnit.MICROS))
                        .named(name);
            case TIMETZ, INTERVAL -> text(name, LogicalTypeAnnotation.stringType());
        };
    }

    private static boolean isStored(Decimal type) {
        Integer precision = type.precision();
        int scale = type.scale() == null ? 0 : type.scale();
        return precision != null && precision <= MOST_DIGITS && scale >= 0 && scale <= precision;
    }

    private static PrimitiveType decimal(String name, Decimal type) {
        int precision = type.precision() == null ? 0 : type.precision();
        LogicalTypeAnnotation decimal =
                LogicalTypeAnnotation.decimalType(type.scale() == null ? 0 : type.scale(), precision);
        if (precision <= 9) {
            return Types.optional(PrimitiveTypeName.INT32).as(decimal).named(name);
        }
        if (precision <= 18) {
            return Types.optional(PrimitiveTypeName.INT64).as(decimal).named(name);
        }
        return Types.optional(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
                .length(bytesOf(precision))
                .as(decimal)
                .named(name);
    }

    /** How many bytes hold all whole numbers of so many digits, and a sign. */
    private static int bytesOf(int digits) {
        return java.math.BigInteger.TEN.pow(digits).bitLength() / 8 + 1;
    }

    private static PrimitiveType plain(String name, PrimitiveTypeName type) {
        return Types.optional(type).named(name);
    }

    private static PrimitiveType text(String name, LogicalTypeAnnotation annotation) {
        return Types.optional(PrimitiveTypeName.BINARY).as(annotation).named(name);
    }

    /** Whether the wire's bytes of the type are its text in UTF-8, and stand in the column as they are. */
    static boolean isText(LogicalType type) {
        return type == Scalar.TEXT
                || type == Scalar.NAME
                || type == Scalar.JSON
                || type == Scalar.XML
                || type instanceof VarChar
                || type instanceof BlankPaddedChar
                || type instanceof Enumeration
                || type instanceof Foreign;
    }

    /** What the values of a column are that says nothing but what Parquet can. */
    static LogicalType logical(PrimitiveType column) {
        LogicalTypeAnnotation annotation = column.getLogicalTypeAnnotation();
        if (annotation instanceof DecimalLogicalTypeAnnotation decimal) {
            return new Decimal(decimal.getPrecision(), decimal.getScale());
        }
        if (annotation instanceof TimestampLogicalTypeAnnotation moment) {
            return moment.isAdjustedToUTC() ? TIMESTAMPTZ : TIMESTAMP;
        }
        if (annotation instanceof TimeLogicalTypeAnnotation time) {
            return time.isAdjustedToUTC() ? TIMETZ : TIME;
        }
        return switch (column.getPrimitiveTypeName()) {
            case BOOLEAN -> Scalar.BOOL;
            case INT32, INT64 ->
                annotation instanceof DateLogicalTypeAnnotation
                        ? Scalar.DATE
                        : whole(column.getPrimitiveTypeName() == PrimitiveTypeName.INT64, annotation);
            case INT96 -> TIMESTAMP;
            case FLOAT -> Scalar.FLOAT4;
            case DOUBLE -> Scalar.FLOAT8;
            case BINARY, FIXED_LEN_BYTE_ARRAY -> bytes(annotation);
        };
    }

    private static LogicalType whole(boolean wide, LogicalTypeAnnotation annotation) {
        if (!(annotation instanceof IntLogicalTypeAnnotation whole)) {
            return wide ? Scalar.INT8 : Scalar.INT4;
        }
        int bits = whole.getBitWidth() + (whole.isSigned() ? 0 : 1);
        if (bits > 64) {
            return new Decimal(20, 0);
        }
        return bits <= 16 ? Scalar.INT2 : bits <= 32 ? Scalar.INT4 : Scalar.INT8;
    }

    private static LogicalType bytes(LogicalTypeAnnotation annotation) {
        if (annotation instanceof StringLogicalTypeAnnotation || annotation instanceof EnumLogicalTypeAnnotation) {
            return Scalar.TEXT;
        }
        if (annotation instanceof JsonLogicalTypeAnnotation) {
            return Scalar.JSON;
        }
        if (annotation instanceof UUIDLogicalTypeAnnotation) {
            return Scalar.UUID;
        }
        if (annotation instanceof Float16LogicalTypeAnnotation) {
            return Scalar.FLOAT4;
        }
        return annotation instanceof IntervalLogicalTypeAnnotation ? INTERVAL : Scalar.BYTEA;
    }
}
