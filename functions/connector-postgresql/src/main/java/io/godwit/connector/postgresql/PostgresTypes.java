package io.godwit.connector.postgresql;

import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Array;
import io.godwit.core.type.LogicalType.Bits;
import io.godwit.core.type.LogicalType.BlankPaddedChar;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Enumeration;
import io.godwit.core.type.LogicalType.Foreign;
import io.godwit.core.type.LogicalType.Range;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.Temporal;
import io.godwit.core.type.LogicalType.VarChar;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;

/**
 * What PostgreSQL's types are in Godwit's words. A type whose binary form holds numbers that only its own database
 * knows (composites, arrays of enums, {@code regclass}), or that an extension made, is {@link Foreign}: it travels as
 * text.
 */
final class PostgresTypes {
    private static final int NO_MODIFIER = -1;
    private static final int VARLENA_HEADER = 4;

    /** But for tsquery: PostgreSQL sends the empty one in binary, and does not take it back. */
    private static final Map<String, LogicalType> SCALARS = Arrays.stream(Scalar.values())
            .filter(scalar -> scalar != Scalar.TSQUERY)
            .collect(Collectors.toMap(
                    scalar ->
                            scalar == Scalar.CHAR_BYTE ? "char" : scalar.name().toLowerCase(Locale.ROOT),
                    s -> s));

    private static final Map<String, LogicalType> RANGE_BOUNDS = Map.of(
            "int4",
            Scalar.INT4,
            "int8",
            Scalar.INT8,
            "num",
            new Decimal(null, null),
            "date",
            Scalar.DATE,
            "ts",
            new Temporal(Temporal.Kind.TIMESTAMP, null),
            "tstz",
            new Temporal(Temporal.Kind.TIMESTAMPTZ, null));

    private final Map<Long, PgType> byOid;

    private PostgresTypes(Map<Long, PgType> byOid) {
        this.byOid = byOid;
    }

    /** A row of {@code pg_type}; {@code element} and {@code base} are 0 where there is none. */
    private record PgType(
            boolean builtIn,
            String name,
            String kind,
            long element,
            long base,
            int baseModifier,
            List<String> labels) {}

    /** The types of the tables' columns, and those that they are made of, in one query. */
    static PostgresTypes load(PgConnection session, Collection<Long> tables) throws SQLException {
        Map<Long, PgType> byOid = new HashMap<>();
        try (PreparedStatement statement = session.prepareStatement(CatalogQueries.TYPES)) {
            statement.setArray(1, session.createArrayOf("int8", tables.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    byOid.put(
                            rows.getLong("oid"),
                            new PgType(
                                    rows.getBoolean("built_in"),
                                    rows.getString("typname"),
                                    rows.getString("typtype"),
                                    rows.getLong("element"),
                                    rows.getLong("typbasetype"),
                                    rows.getInt("typtypmod"),
                                    List.of((String[]) rows.getArray("labels").getArray())));
                }
            }
        }
        return new PostgresTypes(byOid);
    }

    /**
     * A column's type.
     *
     * @param modifier {@code atttypmod}
     * @param nativeType what {@code format_type} makes of both
     */
    LogicalType logical(long oid, int modifier, String nativeType) {
        return find(oid, modifier).orElseGet(() -> new Foreign(nativeType));
    }

    private Optional<LogicalType> find(long oid, int modifier) {
        PgType type = byOid.get(oid);
        if (type == null) {
            return Optional.empty();
        }
        if (type.base() != 0) {
            return find(type.base(), type.baseModifier());
        }
        if (type.kind().equals("e")) {
            return Optional.of(new Enumeration(type.labels()));
        }
        if (type.element() != 0) {
            return element(type.element(), modifier).map(Array::new);
        }
        return type.builtIn() ? builtIn(type.name(), modifier) : Optional.empty();
    }

    /** An array's bytes name the element's oid, so that only those of built-in types mean the same everywhere. */
    private Optional<LogicalType> element(long oid, int modifier) {
        PgType type = byOid.get(oid);
        return type != null && type.builtIn() && type.element() == 0 && type.base() == 0
                ? builtIn(type.name(), modifier)
                : Optional.empty();
    }

    private static Optional<LogicalType> builtIn(String name, int modifier) {
        LogicalType scalar = SCALARS.get(name);
        if (scalar != null) {
            return Optional.of(scalar);
        }
        return switch (name) {
            case "numeric" -> Optional.of(decimal(modifier));
            case "varchar" -> Optional.of(new VarChar(length(modifier)));
            case "bpchar" -> Optional.of(new BlankPaddedChar(length(modifier)));
            case "bit", "varbit" ->
                Optional.of(new Bits(modifier == NO_MODIFIER ? null : modifier, name.equals("varbit")));
            case "time", "timetz", "timestamp", "timestamptz" ->
                Optional.of(new Temporal(kind(name), modifier == NO_MODIFIER ? null : modifier));
            case "interval" -> Optional.of(new Temporal(Temporal.Kind.INTERVAL, intervalPrecision(modifier)));
            default -> range(name);
        };
    }

    private static Optional<LogicalType> range(String name) {
        return Stream.of("multirange", "range")
                .filter(name::endsWith)
                .findFirst()
                .flatMap(suffix -> Optional.ofNullable(
                                RANGE_BOUNDS.get(name.substring(0, name.length() - suffix.length())))
                        .map(bound -> new Range(bound, suffix.equals("multirange"))));
    }

    /** High half: precision; low eleven bits: scale, which may be negative. */
    private static Decimal decimal(int modifier) {
        if (modifier < VARLENA_HEADER) {
            return new Decimal(null, null);
        }
        int packed = modifier - VARLENA_HEADER;
        return new Decimal((packed >> 16) & 0xffff, ((packed & 0x7ff) ^ 1024) - 1024);
    }

    /** Low half: precision, all ones for none; the high half limits the fields, which no value breaks. */
    private static @Nullable Integer intervalPrecision(int modifier) {
        return modifier == NO_MODIFIER || (modifier & 0xffff) == 0xffff ? null : modifier & 0xffff;
    }

    private static @Nullable Integer length(int modifier) {
        return modifier < VARLENA_HEADER ? null : modifier - VARLENA_HEADER;
    }

    private static Temporal.Kind kind(String name) {
        return Temporal.Kind.valueOf(name.toUpperCase(Locale.ROOT));
    }
}
