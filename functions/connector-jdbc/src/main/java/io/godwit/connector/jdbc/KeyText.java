package io.godwit.connector.jdbc;

import io.godwit.core.row.TupleFields;
import io.godwit.core.table.Column;
import io.godwit.core.table.Key;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Enumeration;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.VarChar;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Names a row by its key, for an error. */
public final class KeyText {
    private KeyText() {}

    /** The key of a tuple of these columns; empty where it is not among them, or is of a type seldom used for keys. */
    public static Optional<String> of(@Nullable Key key, List<Column> columns, byte[] bytes, int offset, int length) {
        if (key == null) {
            return Optional.empty();
        }
        TupleFields fields = new TupleFields(columns.size());
        fields.of(bytes, offset, offset + length);
        List<String> values = new ArrayList<>();
        for (String name : key.columns()) {
            int field = columns.stream().map(Column::name).toList().indexOf(name);
            String value = field < 0 ? null : text(columns.get(field).type(), fields.copy(field));
            if (value == null) {
                return Optional.empty();
            }
            values.add(value);
        }
        return Optional.of(describe(key, values));
    }

    /** {@code (id, line) = (7, 1)}. */
    public static String describe(Key key, List<String> values) {
        return "(" + String.join(", ", key.columns()) + ") = (" + String.join(", ", values) + ")";
    }

    private static @Nullable String text(LogicalType type, byte[] value) {
        if (type == Scalar.TEXT || type instanceof VarChar || type instanceof Enumeration) {
            return new String(value, StandardCharsets.UTF_8);
        }
        ByteBuffer buffer = ByteBuffer.wrap(value);
        if (type == Scalar.INT2) {
            return String.valueOf(buffer.getShort());
        }
        if (type == Scalar.INT4) {
            return String.valueOf(buffer.getInt());
        }
        if (type == Scalar.INT8) {
            return String.valueOf(buffer.getLong());
        }
        return type == Scalar.UUID ? new UUID(buffer.getLong(), buffer.getLong()).toString() : null;
    }
}
