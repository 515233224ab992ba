package io.godwit.connector.oracle;

import io.godwit.connector.jdbc.dialect.Values.Field;
import io.godwit.connector.jdbc.dialect.Values.Reader;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.type.LogicalType.BlankPaddedChar;
import io.godwit.core.type.LogicalType.Decimal;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.Temporal;
import io.godwit.core.type.codec.Codec;
import io.godwit.core.type.codec.Codecs;
import io.godwit.core.type.codec.FieldWriter;
import io.godwit.core.type.codec.InvalidValueException;
import io.godwit.core.type.value.DecimalValue;
import io.godwit.core.type.value.IntervalValue;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import oracle.jdbc.OracleResultSet;
import oracle.sql.Datum;
import oracle.sql.NUMBER;

/** What becomes of the driver's values. */
final class OracleReaders {
    private static final BigDecimal SECONDS_PER_DAY = BigDecimal.valueOf(86_400);

    private OracleReaders() {}

    static Reader of(Field field) {
        Reader reader = reader(field);
        return (row, column, out) -> {
            try {
                return reader.read(row, column, out);
            } catch (InvalidValueException e) {
                throw new GodwitException(
                        ErrorCode.SOURCE_REFUSED,
                        "column " + field.name() + ": " + e.getMessage(),
                        "Mend the row, or leave it out by where.");
            }
        };
    }

    private static Reader reader(Field field) {
        Codec<Object> codec = Codecs.of(field.type());
        if (field.type() == Scalar.INT2 || field.type() == Scalar.INT4 || field.type() == Scalar.INT8) {
            return (row, column, out) -> {
                long value = row.getLong(column);
                whole(field, value, out);
                return !row.wasNull();
            };
        }
        if (field.type() instanceof Decimal) {
            return (row, column, out) -> {
                NUMBER value = row.unwrap(OracleResultSet.class).getNUMBER(column);
                if (value != null) {
                    codec.write(decimal(value), out);
                }
                return value != null;
            };
        }
        if (field.type() == Scalar.FLOAT4) {
            return (row, column, out) -> {
                out.float4(row.getFloat(column));
                return !row.wasNull();
            };
        }
        if (field.type() == Scalar.FLOAT8) {
            return (row, column, out) -> {
                out.float8(row.getDouble(column));
                return !row.wasNull();
            };
        }
        if (field.type() == Scalar.BOOL) {
            return (row, column, out) -> {
                out.int1(row.getBoolean(column) ? 1 : 0);
                return !row.wasNull();
            };
        }
        if (field.type() == Scalar.BYTEA) {
            return (row, column, out) -> {
                byte[] bytes = row.getBytes(column);
                if (bytes != null) {
                    out.bytes(bytes);
                }
                return bytes != null;
            };
        }
        return field.type() instanceof Temporal temporal ? temporal(temporal, field, codec) : text(field, codec);
    }

    private static Reader text(Field field, Codec<Object> codec) {
        boolean padded = field.type() instanceof BlankPaddedChar;
        return (row, column, out) -> {
            String text = row.getString(column);
            if (text == null) {
                return false;
            }
            if (padded) {
                codec.write(codec.parse(text), out);
            } else {
                out.text(text);
            }
            return true;
        };
    }

    private static Reader temporal(Temporal type, Field field, Codec<Object> codec) {
        if (type.kind() == Temporal.Kind.INTERVAL) {
            boolean months = OracleValues.word(field).equals("INTERVAL YEAR TO MONTH");
            return (row, column, out) -> {
                BigDecimal number = row.getBigDecimal(column);
                if (number != null) {
                    codec.write(months ? new IntervalValue(number.intValueExact(), 0, 0) : interval(number), out);
                }
                return number != null;
            };
        }
        boolean date = OracleValues.word(field).equals("DATE");
        return (row, column, out) -> {
            Datum value = datum(row, column, date);
            if (value != null) {
                out.int8(OracleTimes.micros(value.getBytes()));
            }
            return value != null;
        };
    }

    private static Datum datum(ResultSet row, int column, boolean date) throws SQLException {
        OracleResultSet oracle = row.unwrap(OracleResultSet.class);
        return date ? oracle.getDATE(column) : oracle.getTIMESTAMP(column);
    }

    private static void whole(Field field, long value, FieldWriter out) {
        if (field.type() == Scalar.INT2) {
            out.int2((int) value);
        } else if (field.type() == Scalar.INT4) {
            out.int4((int) value);
        } else {
            out.int8(value);
        }
    }

    /** The server's numbers may be infinite, though no SQL makes them so. */
    static DecimalValue decimal(NUMBER value) throws SQLException {
        if (value.isInf()) {
            return value.sign() < 0 ? DecimalValue.NEGATIVE_INFINITY : DecimalValue.INFINITY;
        }
        return DecimalValue.of(value.bigDecimalValue());
    }

    /** Whole days, and what is left. */
    static IntervalValue interval(BigDecimal seconds) {
        BigDecimal[] parts = seconds.divideAndRemainder(SECONDS_PER_DAY);
        try {
            return new IntervalValue(
                    0, parts[0].intValueExact(), parts[1].movePointRight(6).longValueExact());
        } catch (ArithmeticException e) {
            throw new InvalidValueException("a length of time finer than microseconds");
        }
    }
}
