package io.godwit.connector.kafka.avro;

import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.Temporal;
import java.util.List;
import java.util.Objects;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** What a logical type is in Avro, and what Avro's types are here. */
public final class AvroTypes {
    /** Digits that a decimal of Avro may have to be a decimal here: as many as one of PostgreSQL's is declared with. */
    private static final int MOST_DIGITS = 1000;

    private static final int UUID_BYTES = 16;

    private AvroTypes() {}

    /** What the values of a type are: a logical type of Avro where it has one, and else their text. */
    public static Schema schema(LogicalType type) {
        if (type instanceof Decimal decimal && isStored(decimal)) {
            int scale = decimal.scale() == null ? 0 : decimal.scale();
            return LogicalTypes.decimal(precision(decimal), scale).addToSchema(Schema.create(Schema.Type.BYTES));
        }
        if (type instanceof Temporal temporal) {
            return switch (temporal.kind()) {
                case TIME -> LogicalTypes.timeMicros().addToSchema(Schema.create(Schema.Type.LONG));
                case TIMESTAMP -> LogicalTypes.localTimestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
                case TIMESTAMPTZ -> LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
                case TIMETZ, INTERVAL -> Schema.create(Schema.Type.STRING);
            };
        }
        if (!(type instanceof Scalar scalar)) {
            return Schema.create(Schema.Type.STRING);
        }
        return switch (scalar) {
            case BOOL -> Schema.create(Schema.Type.BOOLEAN);
            case INT2, INT4 -> Schema.create(Schema.Type.INT);
            case INT8 -> Schema.create(Schema.Type.LONG);
            case FLOAT4 -> Schema.create(Schema.Type.FLOAT);
            case FLOAT8 -> Schema.create(Schema.Type.DOUBLE);
            case BYTEA -> Schema.create(Schema.Type.BYTES);
            case DATE -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
            case UUID -> LogicalTypes.uuid().addToSchema(Schema.create(Schema.Type.STRING));
            default -> Schema.create(Schema.Type.STRING);
        };
    }

    /** The type by its name in Avro, for people: {@code long timestamp-micros}. */
    public static String name(LogicalType type) {
        Schema schema = schema(type);
        String kind = schema.getType().getName();
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            return kind + " decimal(" + decimal.getPrecision() + "," + decimal.getScale() + ")";
        }
        return schema.getLogicalType() == null
                ? kind
                : kind + " " + schema.getLogicalType().getName();
    }

    /** Which values of a type have no place in what it is in Avro, for people; null: all have. */
    public static @Nullable String refuses(LogicalType type) {
        if (type instanceof Decimal decimal && isStored(decimal)) {
            return "NaN and infinities";
        }
        if (type == Scalar.DATE) {
            return "infinities";
        }
        if (type instanceof Temporal temporal) {
            return switch (temporal.kind()) {
                case TIME -> "24:00";
                case TIMESTAMP, TIMESTAMPTZ -> "infinities and years after 294246";
                case TIMETZ, INTERVAL -> null;
            };
        }
        return null;
    }

    private static boolean isStored(Decimal type) {
        int scale = type.scale() == null ? 0 : type.scale();
        return type.precision() != null && scale >= 0 && scale <= precision(type);
    }

    private static int precision(Decimal type) {
        return type.precision() == null ? 0 : type.precision();
    }

    /** What the values of a schema are: of a union with null, those of the other; JSON, where a value has parts. */
    public static LogicalType logical(Schema schema) {
        Schema value = valueOf(schema);
        if (value.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            return decimal.getPrecision() > MOST_DIGITS
                    ? new Decimal(null, null)
                    : new Decimal(decimal.getPrecision(), decimal.getScale());
        }
        String name =
                value.getLogicalType() == null ? "" : value.getLogicalType().getName();
        return switch (value.getType()) {
            case BOOLEAN -> Scalar.BOOL;
            case INT ->
                switch (name) {
                    case "date" -> Scalar.DATE;
                    case "time-millis" -> new Temporal(Temporal.Kind.TIME, 3);
                    default -> Scalar.INT4;
                };
            case LONG -> ofLong(name);
            case FLOAT -> Scalar.FLOAT4;
            case DOUBLE -> Scalar.FLOAT8;
            case STRING -> name.equals("uuid") ? Scalar.UUID : Scalar.TEXT;
            case ENUM, NULL -> Scalar.TEXT;
            case BYTES -> Scalar.BYTEA;
            case FIXED -> ofFixed(value, name);
            case RECORD, ARRAY, MAP, UNION -> Scalar.JSON;
        };
    }

    private static LogicalType ofLong(String name) {
        return switch (name) {
            case "time-micros" -> new Temporal(Temporal.Kind.TIME, null);
            case "timestamp-millis" -> new Temporal(Temporal.Kind.TIMESTAMPTZ, 3);
            case "timestamp-micros", "timestamp-nanos" -> new Temporal(Temporal.Kind.TIMESTAMPTZ, null);
            case "local-timestamp-millis" -> new Temporal(Temporal.Kind.TIMESTAMP, 3);
            case "local-timestamp-micros", "local-timestamp-nanos" -> new Temporal(Temporal.Kind.TIMESTAMP, null);
            default -> Scalar.INT8;
        };
    }

    private static LogicalType ofFixed(Schema schema, String name) {
        if (name.equals("uuid") && schema.getFixedSize() == UUID_BYTES) {
            return Scalar.UUID;
        }
        return name.equals("duration") ? new Temporal(Temporal.Kind.INTERVAL, null) : Scalar.BYTEA;
    }

    /** Whether a value may be null. */
    public static boolean isNullable(Schema schema) {
        return schema.isNullable();
    }

    /** Whether values of a schema are those of a type: by what the schema is, or by what the type is written as. */
    static boolean holds(Schema schema, LogicalType type) {
        Schema value = valueOf(schema);
        return type.equals(logical(value)) || isSame(schema(type), value);
    }

    /** Whether values have one form and one meaning, of schemas one of which is {@link #schema} of a type. */
    static boolean isSame(Schema written, Schema other) {
        return written.getType() == other.getType() && Objects.equals(written.getLogicalType(), other.getLogicalType());
    }

    /** Of a union of one type, with null or without, that type; else the schema itself. */
    static Schema valueOf(Schema schema) {
        if (!schema.isUnion()) {
            return schema;
        }
        List<Schema> values = schema.getTypes().stream()
                .filter(one -> one.getType() != Schema.Type.NULL)
                .toList();
        return values.size() == 1 ? values.get(0) : schema;
    }
}
