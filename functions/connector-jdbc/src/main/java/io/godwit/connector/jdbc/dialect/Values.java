package io.godwit.connector.jdbc.dialect;

import io.godwit.connector.jdbc.dialect.Values.Field;
import io.godwit.core.plan.ColumnPlan;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.codec.FieldWriter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** How values are read, written, and told as bounds of a key. Has no state. */
public interface Values {

    /**
     * A column by name.
     *
     * @param type in whose layout its fields are on the wire
     * @param nativeType the database's own name of its type
     */
    record Field(String name, LogicalType type, String nativeType) {

        /** What a plan's column is in the target. */
        static Field of(ColumnPlan column) {
            return new Field(column.target(), column.wireType(), column.targetNativeType());
        }

        static List<Field> of(List<ColumnPlan> columns) {
            return columns.stream().map(Field::of).toList();
        }
    }

    /** Adds the field of a column of the current row; false: it is NULL, and nothing was added. */
    @FunctionalInterface
    interface Reader {
        boolean read(ResultSet row, int column, FieldWriter out) throws SQLException;
    }

    /** What a driver takes for a field. */
    interface Writer {

        /** @throws RefusedValueException where the database has no such value */
        Object of(byte[] bytes, int offset, int length);

        /** Of {@link java.sql.Types}, or the driver's own. */
        int jdbcType();
    }

    /** The expression that {@link #reader} reads. */
    String selected(Field field);

    Reader reader(Field field);

    /** The bytes of a value, as SQL; NULL of NULL. */
    String size(Field field);

    /** Whether a value may be so long that its size is looked up before it is fetched. */
    boolean mayBeLong(Field field);

    Writer writer(Field field);

    /** A parameter for a value of {@link #writer}, as SQL. */
    default String parameter(Field field) {
        return "?";
    }

    /** Whether the database orders and compares the column alike, and {@link #keyText} tells its values exactly. */
    boolean isKey(Field field);

    /** The text of a key's value, as SQL. */
    String keyText(Field field);

    /**
     * A text that {@link #keyText} told, as a literal.
     *
     * @throws io.godwit.core.error.GodwitException EVENT_MALFORMED where it is none
     */
    String keyLiteral(Field field, String text);
}
