package io.godwit.connector.mysql;

import io.godwit.connector.kit.SampleTable;
import io.godwit.connector.kit.SampleTable.SampleColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tables of the test server, made and filled. */
final class MySqlTables {
    /** The kit's words for types that the server calls otherwise. */
    private static final Map<String, String> WORDS = Map.of("int8", "bigint", "int4", "int", "text", "longtext");

    private static final int ROWS_AT_ONCE = 500;

    private MySqlTables() {}

    static void create(String database, SampleTable sample) {
        String columns = sample.columns().stream()
                .map(column -> Quoting.identifier(column.name()) + " " + type(sample, column))
                .collect(Collectors.joining(", "));
        String key = sample.key().isEmpty() ? "" : ", PRIMARY KEY (" + Quoting.identifiers(sample.key()) + ")";
        String table = Quoting.table(sample.name());
        MySqlServer.run(
                database,
                "DROP TABLE IF EXISTS " + table,
                "CREATE TABLE " + table + " (" + columns + key
                        + ") DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin");
        insert(database, sample);
    }

    private static String type(SampleTable sample, SampleColumn column) {
        boolean keyText = column.type().equals("text") && sample.key().contains(column.name());
        String type = keyText ? "varchar(200)" : WORDS.getOrDefault(column.type(), column.type());
        return type.startsWith("timestamp") ? type + " NULL" : type;
    }

    static void insert(String database, SampleTable sample) {
        List<String> statements = new ArrayList<>();
        for (int from = 0; from < sample.rows().size(); from += ROWS_AT_ONCE) {
            statements.add("INSERT INTO " + Quoting.table(sample.name()) + " VALUES "
                    + sample
                            .rows()
                            .subList(
                                    from,
                                    Math.min(from + ROWS_AT_ONCE, sample.rows().size()))
                            .stream()
                            .map(row ->
                                    row.stream().map(MySqlTables::value).collect(Collectors.joining(", ", "(", ")")))
                            .collect(Collectors.joining(", ")));
        }
        MySqlServer.run(database, statements.toArray(new String[0]));
    }

    /** Bytes and bits are written as the server's own literals. */
    private static String value(@Nullable String value) {
        if (value == null) {
            return "NULL";
        }
        return value.matches("[xb]'[0-9A-F]*'|true|false") ? value : Quoting.literal(value);
    }
}
