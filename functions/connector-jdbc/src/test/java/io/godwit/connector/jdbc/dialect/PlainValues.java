package io.godwit.connector.jdbc.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import java.sql.Types;

/** Numbers as such, the rest as text: the server casts it. */
final class PlainValues implements Values {

    private static String name(Field field) {
        return new PlainWords().identifier(field.name());
    }

    @Override
    public String selected(Field field) {
        return field.type() == Scalar.INT8 ? name(field) : name(field) + "::text";
    }

    @Override
    public Reader reader(Field field) {
        if (field.type() == Scalar.INT8) {
            return (row, column, out) -> {
                out.int8(row.getLong(column));
                return !row.wasNull();
            };
        }
        Codec<Object> codec = Codecs.of(field.type());
        return (row, column, out) -> {
            String text = row.getString(column);
            if (text != null) {
                codec.write(codec.parse(text), out);
            }
            return text != null;
        };
    }

    @Override
    public String size(Field field) {
        return mayBeLong(field) ? "octet_length(" + name(field) + ")" : "pg_column_size(" + name(field) + ")";
    }

    @Override
    public boolean mayBeLong(Field field) {
        return field.type() == Scalar.TEXT || field.type() == Scalar.BYTEA;
    }

    @Override
    public Writer writer(Field field) {
        Codec<Object> codec = Codecs.of(field.type());
        boolean whole = field.type() == Scalar.INT8;
        return new Writer() {
            @Override
            public Object of(byte[] bytes, int offset, int length) {
                if (whole) {
                    return codec.decode(bytes, offset, length);
                }
                String text = new String(bytes, offset, length, UTF_8);
                if (text.indexOf('\0') >= 0) {
                    throw new RefusedValueException("text with a NUL character");
                }
                return text;
            }

            @Override
            public int jdbcType() {
                return whole ? Types.BIGINT : Types.VARCHAR;
            }
        };
    }

    @Override
    public String parameter(Field field) {
        return "CAST(? AS " + field.nativeType() + ")";
    }

    @Override
    public boolean isKey(Field field) {
        return true;
    }

    @Override
    public String keyText(Field field) {
        return name(field) + "::text";
    }

    @Override
    public String keyLiteral(Field field, String text) {
        return "CAST(" + new PlainWords().literal(text) + " AS " + field.nativeType() + ")";
    }
}
