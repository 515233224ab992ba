package io.godwit.connector.sqlite;

import io.godwit.connector.kit.SampleTable;
import io.godwit.connector.kit.SampleTable.SampleColumn;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tables of test files, made and filled by a program that knows nothing of Godwit. */
final class SqliteTables {
    private SqliteTables() {}

    /** A key of several columns makes a table without rowid; a key of one, a table with; both may be keyed by texts. */
    static void create(String file, SampleTable sample) {
        String columns = sample.columns().stream()
                .map(column -> Quoting.identifier(column.name()) + " " + type(column.type())
                        + (sample.key().contains(column.name()) ? " NOT NULL" : ""))
                .collect(Collectors.joining(", "));
        String key = sample.key().isEmpty() ? "" : ", PRIMARY KEY (" + Quoting.identifiers(sample.key()) + ")";
        String table = Quoting.table(sample.name());
        TestFiles.run(
                file,
                "DROP TABLE IF EXISTS " + table,
                "CREATE TABLE " + table + " (" + columns + key + ")"
                        + (sample.key().size() > 1 ? " WITHOUT ROWID" : ""));
        insert(file, sample);
    }

    /** The kit's words, a collation after the type; its numbers are SQLite's integers. */
    private static String type(String type) {
        int collation = type.indexOf(" COLLATE ");
        if (collation >= 0) {
            return Quoting.type(type.substring(0, collation)) + type.substring(collation);
        }
        return type.equals("int8") ? "integer" : Quoting.type(type);
    }

    static void insert(String file, SampleTable sample) {
        String places = sample.columns().stream().map(column -> "?").collect(Collectors.joining(", "));
        try (java.sql.Connection jdbc = TestFiles.other(file)) {
            jdbc.setAutoCommit(false);
            try (PreparedStatement statement =
                    jdbc.prepareStatement("INSERT INTO " + Quoting.table(sample.name()) + " VALUES (" + places + ")")) {
                for (List<@Nullable String> row : sample.rows()) {
                    for (int i = 0; i < row.size(); i++) {
                        statement.setObject(i + 1, value(sample.columns().get(i), row.get(i)));
                    }
                    statement.addBatch();
                }
                statement.executeBatch();
            }
            jdbc.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(sample.name().name(), e);
        }
    }

    /**
     * Texts become numbers by the column's affinity; bytes are written as {@code x'00ff'}, reals as Java writes them.
     */
    private static @Nullable Object value(SampleColumn column, @Nullable String value) {
        if (value == null) {
            return null;
        }
        if (value.matches("x'([0-9A-Fa-f]{2})*'")) {
            return java.util.HexFormat.of().parseHex(value.substring(2, value.length() - 1));
        }
        return switch (column.type()) {
            case "bool", "boolean" -> value.equals("true") ? Long.valueOf(1) : Long.valueOf(0);
            case "double", "float4" -> Double.valueOf(value);
            default -> value;
        };
    }
}
