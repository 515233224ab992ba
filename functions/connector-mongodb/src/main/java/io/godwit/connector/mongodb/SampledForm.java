package io.godwit.connector.mongodb;

import io.godwit.core.type.codec.InvalidValueException;
import java.util.EnumSet;
import java.util.Set;
import org.bson.BsonType;
import org.bson.types.Decimal128;

/** The narrowest form that holds the values of a field in a sample. NULL fits any. */
final class SampledForm {
    private final Set<Form> seen = EnumSet.noneOf(Form.class);

    void see(BsonElements element) {
        if (element.type() != BsonType.NULL) {
            seen.add(form(element));
        }
    }

    private static Form form(BsonElements element) {
        return switch (element.type()) {
            case BOOLEAN -> Form.BOOL;
            case INT32 -> Form.INT;
            case INT64 -> Form.LONG;
            case DOUBLE -> Form.DOUBLE;
            case DECIMAL128 -> decimal(element);
            case STRING -> Form.STRING;
            case BINARY -> binary(element);
            case DATE_TIME ->
                DateReader.reaches(LittleEndian.int8(element.bytes(), element.from())) ? Form.DATE : Form.ANY;
            case OBJECT_ID -> Form.OBJECT_ID;
            case DOCUMENT -> Form.OBJECT;
            case ARRAY -> Form.ARRAY;
            default -> Form.ANY;
        };
    }

    private static Form binary(BsonElements element) {
        int subtype = element.bytes()[element.from() + 4];
        boolean uuid = subtype == ValueReader.UUID_SUBTYPE && element.length() == 5 + ValueReader.UUID_BYTES;
        return subtype == 0 ? Form.BINARY : uuid ? Form.UUID : Form.ANY;
    }

    private static Form decimal(BsonElements element) {
        try {
            DecimalReader.of(Decimal128.fromIEEE754BIDEncoding(
                    LittleEndian.int8(element.bytes(), element.from() + 8),
                    LittleEndian.int8(element.bytes(), element.from())));
            return Form.DECIMAL;
        } catch (InvalidValueException e) {
            return Form.ANY; // a negative zero
        }
    }

    /** Numbers of several kinds are of one that holds each exactly; else what holds anything. */
    Form form() {
        if (seen.size() == 1) {
            return seen.iterator().next();
        }
        if (seen.isEmpty()) {
            return Form.ANY;
        }
        if (EnumSet.of(Form.INT, Form.LONG).containsAll(seen)) {
            return Form.LONG;
        }
        if (EnumSet.of(Form.INT, Form.DOUBLE).containsAll(seen)) {
            return Form.DOUBLE;
        }
        return EnumSet.of(Form.INT, Form.LONG, Form.DECIMAL).containsAll(seen) ? Form.DECIMAL : Form.ANY;
    }
}
