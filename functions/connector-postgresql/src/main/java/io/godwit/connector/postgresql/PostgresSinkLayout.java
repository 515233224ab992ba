package io.godwit.connector.postgresql;

import io.godwit.connector.postgresql.PostgresSinkColumns.LiveColumn;
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
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which of PostgreSQL's types read which layouts of the wire. */
final class PostgresSinkLayout {
    private static final Set<String> TEXT =
            Set.of("textrecv", "varcharrecv", "bpcharrecv", "namerecv", "enum_recv", "json_recv", "xml_recv");
    private static final Set<String> BITS = Set.of("bit_recv", "varbit_recv");

    /** Those that are not called {@code <type>recv} or {@code <type>_recv}. */
    private static final Map<Scalar, String> OTHER_NAMES =
            Map.of(Scalar.MONEY, "cash_recv", Scalar.CHAR_BYTE, "charrecv", Scalar.POLYGON, "poly_recv");

    private PostgresSinkLayout() {}

    /** Whether the column's own receive function takes the field's bytes, and means the same by them. */
    static boolean reads(LiveColumn column, LogicalType wire) {
        String receive = column.receive();
        if (receive == null || wire instanceof Foreign) {
            return false;
        }
        if (wire instanceof Array array) {
            // The bytes name the element's type, which must be the very one.
            return receive.equals("array_recv") && base(array.element()).equals(column.element());
        }
        if (wire instanceof Range range) {
            return receive.equals(range.multi() ? "multirange_recv" : "range_recv")
                    && base(range.bound()).equals(column.bound());
        }
        if (isText(wire)) {
            return TEXT.contains(receive);
        }
        if (wire instanceof Bits) {
            return BITS.contains(receive);
        }
        if (wire instanceof Scalar scalar && OTHER_NAMES.containsKey(scalar)) {
            return receive.equals(OTHER_NAMES.get(scalar));
        }
        String base = base(wire);
        return receive.equals(base + "recv") || receive.equals(base + "_recv");
    }

    /** A type of PostgreSQL's own that reads the layout; {@code text} for what travels as text. */
    static String nativeType(LogicalType wire) {
        if (wire instanceof Foreign || wire instanceof Enumeration) {
            return "text";
        }
        if (wire instanceof Range range) {
            return base(range);
        }
        return wire instanceof Array array ? nativeType(array.element()) + "[]" : wire.notation();
    }

    private static boolean isText(LogicalType wire) {
        return wire instanceof VarChar
                || wire instanceof BlankPaddedChar
                || wire instanceof Enumeration
                || wire == Scalar.TEXT
                || wire == Scalar.NAME
                || wire == Scalar.JSON
                || wire == Scalar.XML;
    }

    /** The name in {@code pg_type}, without modifiers. */
    private static String base(LogicalType type) {
        if (type instanceof Decimal) {
            return "numeric";
        }
        if (type instanceof VarChar) {
            return "varchar";
        }
        if (type instanceof BlankPaddedChar) {
            return "bpchar";
        }
        if (type instanceof Bits bits) {
            return bits.varying() ? "varbit" : "bit";
        }
        if (type instanceof Temporal temporal) {
            return temporal.kind().name().toLowerCase(Locale.ROOT);
        }
        if (type instanceof Range range) {
            return rangeName(range);
        }
        return type == Scalar.CHAR_BYTE ? "char" : type.notation();
    }

    private static String rangeName(Range range) {
        String bound = base(range.bound());
        String prefix = switch (bound) {
            case "numeric" -> "num";
            case "timestamp" -> "ts";
            case "timestamptz" -> "tstz";
            default -> bound;
        };
        return prefix + (range.multi() ? "multirange" : "range");
    }
}
