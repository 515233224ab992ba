package io.godwit.connector.sqlite;

import io.godwit.core.table.SourceType;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Array;
import io.godwit.core.type.LogicalType.Bits;
import io.godwit.core.type.LogicalType.BlankPaddedChar;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Range;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.Temporal;
import io.godwit.core.type.LogicalType.VarChar;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What declared types stand for. SQLite knows no types of columns, only affinities; a type's name is a promise of
 * whoever declared it, which every value is held to when it is read. Names that promise nothing known stand for what
 * their affinity prefers.
 *
 * <p>{@code decimal_text}, {@code json_text} and others with {@code _text} are Godwit's own: their affinity is that of
 * texts, under which SQLite leaves every value as it is.
 */
final class SqliteTypes {
    private static final Pattern DECLARED =
            Pattern.compile("([^()]*?)\\s*(?:\\(\\s*(\\d{1,8})\\s*(?:,\\s*(-?\\d{1,4})\\s*)?\\))?");

    private static final int MOST_DIGITS = 1000;
    private static final int MOST_LENGTH = 10_485_760;
    private static final int MICROSECONDS = 6;

    /** Types of other databases whose text never reads as a number, so that no affinity changes it. */
    static final Set<Scalar> BY_NAME = EnumSet.of(
            Scalar.UUID,
            Scalar.INET,
            Scalar.CIDR,
            Scalar.MACADDR,
            Scalar.MACADDR8,
            Scalar.POINT,
            Scalar.LINE,
            Scalar.LSEG,
            Scalar.BOX,
            Scalar.PATH,
            Scalar.POLYGON,
            Scalar.CIRCLE,
            Scalar.TSVECTOR,
            Scalar.TSQUERY,
            Scalar.PG_LSN);

    static final List<SourceType> SOURCE = List.of(
            SourceType.of("integer", "int8"),
            SourceType.of("int", "int8"),
            SourceType.of("bigint", "int8"),
            SourceType.of("mediumint", "int4"),
            SourceType.of("int4", "int4"),
            SourceType.of("smallint", "int2"),
            SourceType.of("int2", "int2"),
            SourceType.of("tinyint", "int2"),
            SourceType.of("boolean", "bool"),
            SourceType.of("real", "float8"),
            SourceType.of("double", "float8"),
            SourceType.of("float", "float8"),
            SourceType.of("float4", "float4"),
            SourceType.of("decimal(10,2)", "numeric(10,2)"),
            SourceType.of("numeric", "numeric"),
            SourceType.of("decimal_text(38,10)", "numeric(38,10)"),
            SourceType.of("decimal_text", "numeric"),
            SourceType.of("text", "text"),
            SourceType.of("clob", "text"),
            SourceType.of("varchar(40)", "varchar(40)"),
            SourceType.of("char(4)", "varchar(4)"),
            SourceType.of("bpchar(4)", "char(4)"),
            SourceType.of("blob", "bytea"),
            SourceType.of("date", "date"),
            SourceType.of("time", "time"),
            SourceType.of("timetz", "timetz"),
            SourceType.of("datetime", "timestamp"),
            SourceType.of("timestamp(3)", "timestamp(3)"),
            SourceType.of("timestamptz", "timestamptz"),
            SourceType.of("interval", "interval"),
            SourceType.of("json", "json"),
            SourceType.of("json_text", "json"),
            SourceType.of("jsonb_text", "jsonb"),
            SourceType.of("xml_text", "xml"),
            SourceType.of("uuid", "uuid"),
            SourceType.of("inet", "inet"),
            SourceType.of("bit_text(8)", "bit(8)"),
            SourceType.of("varbit_text", "varbit"),
            SourceType.of("int4[]", "int4[]"),
            SourceType.of("range<int8>", "range<int8>"),
            SourceType.of("point", "point"),
            SourceType.of("any", "text"),
            SourceType.of("money", "numeric"));

    private SqliteTypes() {}

    /** What the values of a column of the declared type are. */
    static LogicalType of(String declared) {
        String type = declared.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        if (isAny(type)) {
            return Scalar.TEXT;
        }
        Matcher parts = DECLARED.matcher(type);
        if (parts.matches()) {
            LogicalType known = known(parts.group(1), number(parts.group(2)), number(parts.group(3)));
            if (known != null) {
                return known;
            }
        }
        return byName(type).orElseGet(() -> switch (Affinity.of(type)) {
            case INTEGER -> Scalar.INT8;
            case TEXT -> Scalar.TEXT;
            case BLOB -> Scalar.BYTEA;
            case REAL -> Scalar.FLOAT8;
            case NUMERIC -> new Decimal(null, null);
        });
    }

    /** Whether the type promises nothing at all, so that numbers are read as their texts. */
    static boolean isAny(String declared) {
        String type = declared.strip();
        return type.isEmpty() || type.equalsIgnoreCase("any");
    }

    private static @Nullable LogicalType known(String name, @Nullable Integer first, @Nullable Integer second) {
        return switch (name) {
            case "int2", "smallint", "tinyint" -> Scalar.INT2;
            case "int4", "mediumint" -> Scalar.INT4;
            case "bool", "boolean" -> Scalar.BOOL;
            case "float4" -> Scalar.FLOAT4;
            case "decimal", "numeric", "decimal_text", "numeric_text" -> decimal(first, second);
            case "varchar", "nvarchar", "char", "nchar", "character", "varying character", "character varying" ->
                first == null || first < 1 || first > MOST_LENGTH ? Scalar.TEXT : new VarChar(first);
            case "bpchar" -> new BlankPaddedChar(first);
            case "date" -> Scalar.DATE;
            case "time" -> temporal(Temporal.Kind.TIME, first);
            case "timetz" -> temporal(Temporal.Kind.TIMETZ, first);
            case "timestamp", "datetime" -> temporal(Temporal.Kind.TIMESTAMP, first);
            case "timestamptz", "timestamp with time zone" -> temporal(Temporal.Kind.TIMESTAMPTZ, first);
            case "interval" -> temporal(Temporal.Kind.INTERVAL, first);
            case "json", "jsonb", "json_text" -> Scalar.JSON;
            case "jsonb_text" -> Scalar.JSONB;
            case "xml_text" -> Scalar.XML;
            case "bit_text" -> new Bits(first, false);
            case "varbit_text" -> new Bits(first, true);
            default -> null;
        };
    }

    private static LogicalType decimal(@Nullable Integer precision, @Nullable Integer scale) {
        boolean known = precision != null && precision >= 1 && precision <= MOST_DIGITS;
        return known ? new Decimal(precision, scale == null ? Integer.valueOf(0) : scale) : new Decimal(null, null);
    }

    private static LogicalType temporal(Temporal.Kind kind, @Nullable Integer precision) {
        return new Temporal(kind, precision == null || precision > MICROSECONDS ? null : precision);
    }

    /** Types whose notation is the declared type. */
    private static Optional<LogicalType> byName(String type) {
        try {
            LogicalType parsed = LogicalType.parse(type);
            return Optional.of(parsed).filter(SqliteTypes::isByName);
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /** Whether a table that is created declares the type by its notation. */
    static boolean isByName(LogicalType type) {
        if (type instanceof Array array) {
            return !(array.element() instanceof LogicalType.Enumeration)
                    && !(array.element() instanceof LogicalType.Foreign);
        }
        return type instanceof Range || (type instanceof Scalar scalar && BY_NAME.contains(scalar));
    }

    private static @Nullable Integer number(@Nullable String digits) {
        return digits == null ? null : Integer.valueOf(digits);
    }
}
