package io.godwit.connector.postgresql;

import io.godwit.connector.Source.ReadRequest;
import io.godwit.connector.jdbc.KeyText;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.plan.Split;
import io.godwit.core.table.Column;
import io.godwit.core.table.Key;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import io.godwit.core.type.LogicalType;
import io.godwit.core.type.LogicalType.BlankPaddedChar;
import io.godwit.core.type.LogicalType.Scalar;
import io.godwit.core.type.LogicalType.VarChar;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;

/**
 * Has the server refuse rows above a limit: it knows how large a value is without fetching it, while here a row of a
 * gigabyte would have to be received before it could be measured.
 */
final class RowLimit {
    /** The most that compression makes of a byte. */
    private static final int COMPRESSION = 256;

    private static final String WORDS = "row too large: ";
    private static final Pattern REFUSED = Pattern.compile(Pattern.quote(WORDS) + "([0-9]+)");
    private static final String INVALID_TEXT = "22P02";

    private final ReadRequest request;

    RowLimit(ReadRequest request) {
        this.request = request;
    }

    /** The fields to select. With them the statement fails at the first row that is too large, where one could be. */
    List<String> fields(PgConnection session) throws SQLException {
        List<String> fields =
                request.columns().stream().map(ReadQuery::field).collect(Collectors.toCollection(ArrayList::new));
        int carrier = carrier();
        if (carrier >= 0 && mayHoldLargeRows(session)) {
            // A number is expected where words stand: the error brings them back.
            String failure = "(" + Quoting.literal(WORDS) + " || " + size() + ")::int4::text"
                    + (request.columns().get(carrier).type() == Scalar.BYTEA ? "::bytea" : "");
            fields.set(
                    carrier,
                    "CASE WHEN " + size() + " > " + request.maxRowBytes() + " THEN " + failure + " ELSE "
                            + fields.get(carrier) + " END");
        }
        return fields;
    }

    /** The size of the row at which the server failed, if that is why it failed. */
    static OptionalLong refusedSize(SQLException e) {
        Matcher words = REFUSED.matcher(String.valueOf(e.getMessage()));
        return PostgresErrors.state(e).equals(INVALID_TEXT) && words.find()
                ? OptionalLong.of(Long.parseLong(words.group(1)))
                : OptionalLong.empty();
    }

    /** The key of a row of the split that the server would refuse; empty where the table has none. */
    Optional<String> findKey(PgConnection session, String from) throws SQLException {
        Key key = key(request.table());
        if (key == null) {
            return Optional.empty();
        }
        String sql = "SELECT "
                + key.columns().stream()
                        .map(name -> Quoting.identifier(name) + "::text")
                        .collect(Collectors.joining(", "))
                + " FROM (SELECT *, " + size() + " AS \"godwit size\" " + from + ") sized WHERE \"godwit size\" > "
                + request.maxRowBytes() + " LIMIT 1";
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            if (!row.next()) {
                return Optional.empty();
            }
            List<String> values = new ArrayList<>();
            for (int i = 1; i <= key.columns().size(); i++) {
                values.add(row.getString(i));
            }
            return Optional.of(KeyText.describe(key, values));
        }
    }

    /** @param key as {@link KeyText#describe} gives it, null where unknown */
    GodwitException refusal(@Nullable String key, long bytes) {
        return new GodwitException(
                ErrorCode.ROW_TOO_LARGE,
                request.table().name() + ": the row " + (key == null ? "" : "with key " + key + " ") + "has at least "
                        + bytes + " bytes, and the limit is " + request.maxRowBytes(),
                "Raise the limit for rows, or leave its large columns out.");
    }

    /** Of a row that came. */
    GodwitException refusal(byte[] bytes, int offset, int length) {
        String key = KeyText.of(key(request.table()), request.columns(), bytes, offset, length)
                .orElse(null);
        return refusal(key, length);
    }

    private static @Nullable Key key(TableDescription table) {
        return table.primaryKey() != null
                ? table.primaryKey()
                : table.uniqueKeys().stream().findFirst().orElse(null);
    }

    /** A table whose values all lie in its rows has none that unpack to much. */
    private boolean mayHoldLargeRows(PgConnection session) throws SQLException {
        TableDescription table = request.table();
        Split split = request.split();
        if (split.partition() == null && !table.kind().equals(TableBuilder.TABLE)) {
            return true;
        }
        TableName read = split.partition() == null ? table.name() : split.partition();
        List<Relation> measured = Relation.measure(session, List.of(read));
        return !measured.isEmpty() && measured.get(0).toastBytes() * COMPRESSION > request.maxRowBytes();
    }

    /** A column whose value may be put into a CASE with its bytes unchanged; -1: none. */
    private int carrier() {
        for (int i = 0; i < request.columns().size(); i++) {
            LogicalType type = request.columns().get(i).type();
            if (type == Scalar.TEXT || type == Scalar.BYTEA || type instanceof VarChar) {
                return i;
            }
        }
        return -1;
    }

    private String size() {
        return request.columns().stream()
                .filter(column -> !(column.type() instanceof Scalar scalar && ReadQuery.FIXED_SIZE.contains(scalar)))
                .map(RowLimit::size)
                .collect(Collectors.joining(" + ", "(", ")"));
    }

    /** Neither function fetches the value; the second tells the stored size, which is not above the true one. */
    private static String size(Column column) {
        LogicalType type = column.type();
        boolean plain = type == Scalar.TEXT
                || type == Scalar.BYTEA
                || type instanceof VarChar
                || type instanceof BlankPaddedChar;
        return "coalesce(" + (plain ? "octet_length" : "pg_column_size") + "(" + Quoting.identifier(column.name())
                + "), 0)::int8";
    }
}
