package io.godwit.connector.sqlite;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.Temporal;
import io.godwit.core.type.LogicalType.VarChar;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import io.godwit.core.type.codec.FieldWriter;
import io.godwit.core.type.codec.InvalidValueException;
import io.godwit.core.type.value.DecimalValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * How a stored value becomes a field of a type. Each value is of one of four storage classes, whatever its column was
 * declared as; one that is no value of the type is unfit, and never made fit.
 */
final class SqliteFields {
    /** {@code SQLITE_INTEGER} and so on. */
    static final int INTEGER = 1;

    static final int REAL = 2;
    static final int TEXT = 3;
    static final int BLOB = 4;
    static final int NULL = 5;

    private static final int BYTES_OF_UUID = 16;
    private static final long EXACT_IN_DOUBLE = 1L << 53;

    private static final Codec<Object> FLOAT8 = Codecs.of(Scalar.FLOAT8);

    private SqliteFields() {}

    /** A stored value that is none of its column's type. */
    static final class UnfitException extends Exception {
        private static final long serialVersionUID = 1L;

        UnfitException(String reason) {
            super(reason, null, false, false);
        }

        /** The codec's words, which never hold the value. */
        UnfitException(InvalidValueException e) {
            this("no value of its type: " + e.getMessage());
        }
    }

    /** Adds the field of a value that is not NULL. */
    @FunctionalInterface
    interface Reader {
        /**
         * @param storage the value's storage class
         * @param column of the row, from 1
         */
        void read(int storage, ResultSet row, int column, FieldWriter out) throws SQLException, UnfitException;
    }

    /** Whether values of the type may be longer than any number or time. */
    static boolean mayBeLong(LogicalType type) {
        return !(type == Scalar.INT2
                || type == Scalar.INT4
                || type == Scalar.INT8
                || type == Scalar.BOOL
                || type == Scalar.FLOAT4
                || type == Scalar.FLOAT8);
    }

    /** @param any whether numbers are texts too */
    static Reader reader(LogicalType type, boolean any, Charset encoding) {
        if (any && type == Scalar.TEXT) {
            return anyText(encoding);
        }
        if (type instanceof VarChar varchar) {
            return varchar(varchar, encoding);
        }
        if (type instanceof Decimal decimal) {
            return decimal(decimal, encoding);
        }
        if (type instanceof Temporal) {
            return SqliteTimes.reader(type, encoding);
        }
        return type instanceof Scalar scalar ? reader(scalar, encoding) : byText(type, encoding);
    }

    private static Reader reader(Scalar type, Charset encoding) {
        return switch (type) {
            case INT2 -> whole(Short.MIN_VALUE, Short.MAX_VALUE, (out, value) -> out.int2((int) value));
            case INT4 -> whole(Integer.MIN_VALUE, Integer.MAX_VALUE, (out, value) -> out.int4((int) value));
            case INT8 -> whole(Long.MIN_VALUE, Long.MAX_VALUE, FieldWriter::int8);
            case BOOL -> whole(0, 1, (out, value) -> out.int1((int) value));
            case FLOAT4 -> floating(true);
            case FLOAT8 -> floating(false);
            case BYTEA -> SqliteFields::bytes;
            case JSON -> anyText(encoding);
            case TEXT, XML, NAME -> (storage, row, column, out) -> out.bytes(text(storage, row, column, encoding));
            case UUID -> uuid(encoding);
            case DATE -> SqliteTimes.reader(type, encoding);
            default -> byText(type, encoding);
        };
    }

    @FunctionalInterface
    private interface Whole {
        void write(FieldWriter out, long value);
    }

    private static Reader whole(long least, long most, Whole writing) {
        return (storage, row, column, out) -> {
            if (storage != INTEGER) {
                throw unfit(storage, "a whole number");
            }
            long value = row.getLong(column);
            if (value < least || value > most) {
                throw new UnfitException("a number below " + least + " or above " + most);
            }
            writing.write(out, value);
        };
    }

    private static Reader floating(boolean single) {
        return (storage, row, column, out) -> {
            if (storage != REAL && storage != INTEGER) {
                throw unfit(storage, "a number");
            }
            if (storage == INTEGER && Math.abs(row.getLong(column)) > EXACT_IN_DOUBLE) {
                throw new UnfitException("a whole number that no double is");
            }
            double value = row.getDouble(column);
            if (!single) {
                out.float8(value);
                return;
            }
            if (Double.compare((float) value, value) != 0) {
                throw new UnfitException("a number of more digits than a float4 has");
            }
            out.float4((float) value);
        };
    }

    private static void bytes(int storage, ResultSet row, int column, FieldWriter out)
            throws SQLException, UnfitException {
        if (storage != BLOB) {
            throw unfit(storage, "bytes");
        }
        out.bytes(row.getBytes(column));
    }

    /** The UTF-8 of a text. */
    static byte[] text(int storage, ResultSet row, int column, Charset encoding) throws SQLException, UnfitException {
        if (storage != TEXT) {
            throw unfit(storage, "a text");
        }
        byte[] bytes = row.getBytes(column);
        if (encoding.equals(UTF_8) && isAscii(bytes)) {
            return bytes;
        }
        try {
            String decoded =
                    encoding.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return encoding.equals(UTF_8) ? bytes : decoded.getBytes(UTF_8);
        } catch (CharacterCodingException e) {
            throw new UnfitException("a text whose bytes are no " + encoding);
        }
    }

    private static boolean isAscii(byte[] bytes) {
        for (byte one : bytes) {
            if (one < 0) {
                return false;
            }
        }
        return true;
    }

    private static Reader anyText(Charset encoding) {
        return (storage, row, column, out) -> {
            switch (storage) {
                case INTEGER -> out.bytes(Long.toString(row.getLong(column)).getBytes(US_ASCII));
                case REAL -> out.bytes(shortest(row.getDouble(column)).getBytes(US_ASCII));
                default -> out.bytes(text(storage, row, column, encoding));
            }
        };
    }

    private static Reader varchar(VarChar type, Charset encoding) {
        Integer most = type.length();
        return (storage, row, column, out) -> {
            byte[] text = text(storage, row, column, encoding);
            if (most != null && text.length > most) {
                String decoded = new String(text, UTF_8);
                if (decoded.codePointCount(0, decoded.length()) > most) {
                    throw new UnfitException("a text of more than " + most + " characters");
                }
            }
            out.bytes(text);
        };
    }

    private static Reader uuid(Charset encoding) {
        Reader texts = byText(Scalar.UUID, encoding);
        return (storage, row, column, out) -> {
            if (storage != BLOB) {
                texts.read(storage, row, column, out);
                return;
            }
            byte[] bytes = row.getBytes(column);
            if (bytes.length != BYTES_OF_UUID) {
                throw new UnfitException("bytes that are no UUID");
            }
            out.bytes(bytes);
        };
    }

    /** Exactly what is stored: a number that has more digits than the type is unfit, not rounded. */
    private static Reader decimal(Decimal type, Charset encoding) {
        Codec<Object> codec = Codecs.of(type);
        return (storage, row, column, out) -> codec.write(
                decimal(
                        type,
                        switch (storage) {
                            case INTEGER -> DecimalValue.of(row.getLong(column));
                            case REAL -> parsed(shortest(row.getDouble(column)));
                            case TEXT -> parsed(new String(text(storage, row, column, encoding), UTF_8));
                            default -> throw unfit(storage, "a number");
                        }),
                out);
    }

    private static DecimalValue parsed(String text) throws UnfitException {
        try {
            return (DecimalValue) Codecs.of(new Decimal(null, null)).parse(text);
        } catch (InvalidValueException e) {
            throw new UnfitException(e);
        }
    }

    /** A value as one of a column of the type. */
    static DecimalValue decimal(Decimal type, DecimalValue value) throws UnfitException {
        BigDecimal number = value.number();
        Integer precision = type.precision();
        if (precision == null || value.equals(DecimalValue.NAN)) {
            return value;
        }
        if (number == null) {
            throw new UnfitException("infinity in " + type.notation());
        }
        int scale = type.scale() == null ? 0 : type.scale();
        if (number.signum() != 0 && number.stripTrailingZeros().scale() > scale) {
            throw new UnfitException("a number of more digits after the point than " + type.notation() + " has");
        }
        BigDecimal fitted = number.setScale(scale, RoundingMode.UNNECESSARY);
        if (fitted.signum() != 0 && fitted.precision() > precision) {
            throw new UnfitException("a number of more digits than " + type.notation() + " has");
        }
        return DecimalValue.of(fitted);
    }

    /** A text that is the very text of a value. */
    private static Reader byText(LogicalType type, Charset encoding) {
        Codec<Object> codec = Codecs.of(type);
        return (storage, row, column, out) -> {
            String text = new String(text(storage, row, column, encoding), UTF_8);
            try {
                Object value = codec.parse(text);
                boolean same = type == Scalar.UUID
                        ? codec.format(value).equalsIgnoreCase(text)
                        : codec.format(value).equals(text);
                if (!same) {
                    throw new UnfitException("a text that is no " + type.notation() + " as it is written");
                }
                codec.write(value, out);
            } catch (InvalidValueException e) {
                throw new UnfitException(e);
            }
        };
    }

    /** The shortest decimal that is read as the same double. */
    static String shortest(double value) {
        return FLOAT8.format(value);
    }

    static UnfitException unfit(int storage, String wanted) {
        String stored = switch (storage) {
            case INTEGER -> "an INTEGER";
            case REAL -> "a REAL";
            case TEXT -> "a TEXT";
            default -> "a BLOB";
        };
        return new UnfitException(stored + " where " + wanted + " belongs");
    }
}
