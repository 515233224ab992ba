package io.godwit.core.type;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a column holds, and how a field's bytes lie on the wire: PostgreSQL's binary send/receive layout where
 * PostgreSQL has the type. The text form, {@link #notation()}, is what JSON, plans and screens show;
 * {@link TypeNotation} reads it.
 */
public sealed interface LogicalType {

    /** The type as text: {@code int8}, {@code numeric(18,2)}, {@code timestamptz(3)}, {@code int4[]}. */
    @JsonValue
    String notation();

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static LogicalType parse(String notation) {
        return TypeNotation.parse(notation);
    }

    /** Types that need no parameter. The notation is the name in lower case, but for {@link #CHAR_BYTE}. */
    enum Scalar implements LogicalType {
        BOOL,
        INT2,
        INT4,
        INT8,
        FLOAT4,
        FLOAT8,
        /** Whole number of minor units; how many of them make a unit is the database's locale. */
        MONEY,
        TEXT,
        /** PostgreSQL's identifier type, at most 63 bytes. */
        NAME,
        /** PostgreSQL's one-byte {@code "char"}. */
        CHAR_BYTE,
        BYTEA,
        DATE,
        UUID,
        JSON,
        JSONB,
        JSONPATH,
        XML,
        INET,
        CIDR,
        MACADDR,
        MACADDR8,
        POINT,
        LINE,
        LSEG,
        BOX,
        PATH,
        POLYGON,
        CIRCLE,
        TSVECTOR,
        TSQUERY,
        OID,
        XID8,
        PG_LSN;

        @Override
        public String notation() {
            return this == CHAR_BYTE ? "\"char\"" : name().toLowerCase(Locale.ROOT);
        }
    }

    /** Exact decimal; both null: any precision and any scale. NaN and the infinities are values. */
    record Decimal(@Nullable Integer precision, @Nullable Integer scale) implements LogicalType {
        @Override
        public String notation() {
            return precision == null ? "numeric" : "numeric(" + precision + "," + (scale == null ? 0 : scale) + ")";
        }
    }

    /** Text of at most {@code length} characters, null for no limit. */
    record VarChar(@Nullable Integer length) implements LogicalType {
        @Override
        public String notation() {
            return length == null ? "varchar" : "varchar(" + length + ")";
        }
    }

    /** Text padded with blanks to {@code length} characters; null is PostgreSQL's {@code bpchar} with no limit. */
    record BlankPaddedChar(@Nullable Integer length) implements LogicalType {
        @Override
        public String notation() {
            return length == null ? "bpchar" : "char(" + length + ")";
        }
    }

    /** Bits: exactly {@code length} of them, or up to {@code length} (null: no limit) where {@code varying}. */
    record Bits(@Nullable Integer length, boolean varying) implements LogicalType {
        @Override
        public String notation() {
            return (varying ? "varbit" : "bit") + (length == null ? "" : "(" + length + ")");
        }
    }

    /** A point in, or length of, time with fractions of a second to {@code precision} digits, null for all six. */
    record Temporal(Kind kind, @Nullable Integer precision) implements LogicalType {
        /** Layouts differ by kind; a date, which has no fraction, is {@link Scalar#DATE}. */
        public enum Kind {
            TIME,
            TIMETZ,
            TIMESTAMP,
            TIMESTAMPTZ,
            INTERVAL
        }

        @Override
        public String notation() {
            String name = kind.name().toLowerCase(Locale.ROOT);
            return precision == null ? name : name + "(" + precision + ")";
        }
    }

    /** Any number of dimensions, with lower bounds, of elements that are not arrays. */
    record Array(LogicalType element) implements LogicalType {
        public Array {
            if (element instanceof Array) {
                throw new IllegalArgumentException("an array's dimensions are in its values, not in its type");
            }
        }

        @Override
        public String notation() {
            return element.notation() + "[]";
        }
    }

    /** A range, or a set of ranges where {@code multi}, over int4, int8, numeric, date, timestamp or timestamptz. */
    record Range(LogicalType bound, boolean multi) implements LogicalType {
        @Override
        public String notation() {
            return (multi ? "multirange<" : "range<") + bound.notation() + ">";
        }
    }

    /** One of the labels; on the wire the label's text. */
    record Enumeration(List<String> labels) implements LogicalType {
        public Enumeration {
            labels = List.copyOf(labels);
        }

        @Override
        public String notation() {
            return TypeNotation.enumeration(labels);
        }
    }

    /** A type that only its own database knows: composite, extension. On the wire its text form. */
    record Foreign(String nativeType) implements LogicalType {
        @Override
        public String notation() {
            return "text-form<" + nativeType + ">";
        }
    }
}
