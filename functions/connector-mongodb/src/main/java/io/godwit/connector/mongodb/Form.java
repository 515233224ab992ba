package io.godwit.connector.mongodb;

import io.godwit.core.table.SourceType;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.Temporal;
import io.godwit.core.type.LogicalType.VarChar;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How a column's values lie in documents: the BSON type that they have, by the word that MongoDB's {@code $type} has
 * for it. A value that the BSON type cannot hold exactly lies there as a string, its text form.
 */
enum Form {
    BOOL("bool", "bool"),
    INT("int", "int4"),
    LONG("long", "int8"),
    DOUBLE("double", "float8"),
    /** More than 34 digits: a string. */
    DECIMAL("decimal", "numeric"),
    STRING("string", "text"),
    /** Of subtype 0. */
    BINARY("binData", "bytea"),
    /** Binary of subtype 4. */
    UUID("uuid", "uuid"),
    /** Milliseconds; an infinity: a string. */
    DATE("date", "timestamptz(3)"),
    OBJECT_ID("objectId", "varchar(24)"),
    OBJECT("object", "json"),
    ARRAY("array", "json"),
    /** Whatever there is, as canonical extended JSON. */
    ANY("bson", "json");

    private static final int MOST_MILLIS_DIGITS = 3;

    private final String word;
    private final String notation;

    Form(String word, String notation) {
        this.word = word;
        this.notation = notation;
    }

    String word() {
        return word;
    }

    /** What a source reads it as where nothing is declared. */
    LogicalType type() {
        return LogicalType.parse(notation);
    }

    static List<SourceType> sourceTypes() {
        return Arrays.stream(values())
                .map(form -> SourceType.of(form.word, form.notation))
                .toList();
    }

    static Optional<Form> ofWord(String word) {
        return Arrays.stream(values()).filter(form -> form.word.equals(word)).findFirst();
    }

    /** In a collection that Godwit makes. Every type has one. */
    static Form of(LogicalType type) {
        return Arrays.stream(values())
                .filter(form -> form != STRING && form != OBJECT_ID && form != OBJECT && form != ARRAY && form != ANY)
                .filter(form -> form.holds(type))
                .findFirst()
                .orElse(STRING);
    }

    /** Whether values of the type can lie so. */
    boolean holds(LogicalType other) {
        return switch (this) {
            case STRING -> true;
            case INT -> other == Scalar.INT2 || other == Scalar.INT4;
            case DOUBLE -> other == Scalar.FLOAT4 || other == Scalar.FLOAT8;
            case DECIMAL -> other instanceof Decimal;
            case DATE -> other instanceof Temporal moment && isMillis(moment);
            case OBJECT_ID -> other == Scalar.TEXT || other instanceof VarChar;
            default -> other.notation().equals(notation);
        };
    }

    private static boolean isMillis(Temporal type) {
        boolean moment = type.kind() == Temporal.Kind.TIMESTAMP || type.kind() == Temporal.Kind.TIMESTAMPTZ;
        return moment && type.precision() != null && type.precision() <= MOST_MILLIS_DIGITS;
    }
}
