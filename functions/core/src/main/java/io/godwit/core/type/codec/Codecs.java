package io.godwit.core.type.codec;

import io.godwit.core.type.BuiltInOids;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Array;
import io.godwit.core.type.LogicalType.Bits;
import io.godwit.core.type.LogicalType.BlankPaddedChar;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Enumeration;
import io.godwit.core.type.LogicalType.Range;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.Temporal;
import io.godwit.core.type.LogicalType.VarChar;
import io.godwit.core.type.value.DateValue;

/**
 * The codec of each type. A value in Java is:
 *
 * <ul>
 *   <li>Boolean, Short, Integer, Long (int8, money, oid, xid8, pg_lsn, macaddr, macaddr8), Float, Double, Byte
 *       ("char"), byte[] (bytea), java.util.UUID
 *   <li>String for text, varchar, char, name, xml, json, jsonb, jsonpath, bit, varbit (zeros and ones), enumerations
 *       and types in their text form
 *   <li>of {@link io.godwit.core.type.value}: DecimalValue, DateValue, TimeValue, OffsetTimeValue, TimestampValue,
 *       IntervalValue, InetValue, Geometry, ArrayValue, RangeValue (a list of them for a multirange), TextVector,
 *       TextQuery
 * </ul>
 */
public final class Codecs {
    private static final Codec<?> TSVECTOR = new TextVectorCodec();
    private static final Codec<?> TSQUERY = new TextQueryCodec();

    private Codecs() {}

    /** The type's codec. Its values are opaque to the caller. */
    @SuppressWarnings("unchecked") // a codec is given back only what it gave
    public static Codec<Object> of(LogicalType type) {
        return (Codec<Object>) codec(type);
    }

    private static Codec<?> codec(LogicalType type) {
        if (type instanceof Scalar scalar) {
            return scalar(scalar);
        }
        if (type instanceof Decimal decimal) {
            return new DecimalCodec(decimal);
        }
        if (type instanceof VarChar varchar) {
            return TextCodecs.varchar(varchar);
        }
        if (type instanceof BlankPaddedChar padded) {
            return TextCodecs.blankPadded(padded);
        }
        if (type instanceof Bits bits) {
            return ByteCodecs.bits(bits);
        }
        if (type instanceof Temporal temporal) {
            return temporal(temporal);
        }
        if (type instanceof Array array) {
            return array(array);
        }
        if (type instanceof Range range) {
            return range.multi() ? new MultirangeCodec<>(range(range)) : range(range);
        }
        if (type instanceof Enumeration enumeration) {
            return TextCodecs.enumeration(enumeration);
        }
        return TextCodecs.TEXT; // Foreign
    }

    private static Codec<?> scalar(Scalar type) {
        return switch (type) {
            case BOOL -> NumberCodecs.BOOL;
            case INT2 -> NumberCodecs.INT2;
            case INT4 -> NumberCodecs.INT4;
            case INT8 -> NumberCodecs.INT8;
            case FLOAT4 -> FloatCodecs.FLOAT4;
            case FLOAT8 -> FloatCodecs.FLOAT8;
            case MONEY -> NumberCodecs.MONEY;
            case TEXT, JSON, XML -> TextCodecs.TEXT;
            case NAME -> TextCodecs.NAME;
            case CHAR_BYTE -> TextCodecs.CHAR_BYTE;
            case BYTEA -> ByteCodecs.BYTEA;
            case DATE -> TemporalCodecs.DATE;
            case UUID -> ByteCodecs.UUID_CODEC;
            case JSONB, JSONPATH -> TextCodecs.VERSIONED;
            case INET -> new InetCodec(false);
            case CIDR -> new InetCodec(true);
            case MACADDR -> ByteCodecs.MACADDR;
            case MACADDR8 -> ByteCodecs.MACADDR8;
            case POINT -> GeometryCodecs.POINT;
            case LINE -> GeometryCodecs.LINE;
            case LSEG -> GeometryCodecs.LSEG;
            case BOX -> GeometryCodecs.BOX;
            case PATH -> GeometryCodecs.PATH;
            case POLYGON -> GeometryCodecs.POLYGON;
            case CIRCLE -> GeometryCodecs.CIRCLE;
            case TSVECTOR -> TSVECTOR;
            case TSQUERY -> TSQUERY;
            case OID -> NumberCodecs.OID;
            case XID8 -> NumberCodecs.XID8;
            case PG_LSN -> NumberCodecs.PG_LSN;
        };
    }

    private static Codec<?> temporal(Temporal type) {
        return switch (type.kind()) {
            case TIME -> TemporalCodecs.time(type);
            case TIMETZ -> TemporalCodecs.offsetTime(type);
            case TIMESTAMP, TIMESTAMPTZ -> TemporalCodecs.timestamp(type);
            case INTERVAL -> new IntervalCodec(type);
        };
    }

    private static Codec<?> array(Array type) {
        int oid = BuiltInOids.ofElement(type.element());
        boolean anyOid = oid == BuiltInOids.TEXT && type.element() != Scalar.TEXT;
        return new ArrayCodec(of(type.element()), oid, anyOid, type.element() == Scalar.BOX ? ';' : ',');
    }

    private static RangeCodec<?> range(Range type) {
        if (type.bound() == Scalar.INT4) {
            return new RangeCodec<>(NumberCodecs.INT4, Math::incrementExact);
        }
        if (type.bound() == Scalar.INT8) {
            return new RangeCodec<>(NumberCodecs.INT8, Math::incrementExact);
        }
        if (type.bound() == Scalar.DATE) {
            return new RangeCodec<>(
                    TemporalCodecs.DATE, date -> date.isFinite() ? new DateValue(date.days() + 1) : date);
        }
        if (type.bound() instanceof Decimal decimal) {
            return new RangeCodec<>(new DecimalCodec(decimal), null);
        }
        if (type.bound() instanceof Temporal temporal
                && (temporal.kind() == Temporal.Kind.TIMESTAMP || temporal.kind() == Temporal.Kind.TIMESTAMPTZ)) {
            return new RangeCodec<>(TemporalCodecs.timestamp(temporal), null);
        }
        throw new IllegalArgumentException("no range is over " + type.bound().notation());
    }
}
