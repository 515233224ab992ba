package io.godwit.connector.sqlserver;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.dialect.SinkWords;
import io.godwit.connector.jdbc.dialect.Values;
import io.godwit.connector.jdbc.dialect.Values.Field;
import io.godwit.connector.jdbc.dialect.Values.Writer;
import io.godwit.core.table.TableName;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a sink says to SQL Server. */
final class SqlServerSinkWords implements SinkWords {
    /** Texts compare by their code points: what differs at the source does not meet here. */
    private static final String BINARY = " COLLATE Latin1_General_100_BIN2";

    private static final SqlServerWords WORDS = SqlServerWords.WORDS;

    @Override
    public OwnTypes own() {
        return new OwnTypes(
                "nvarchar(400)" + BINARY,
                "nvarchar(300)" + BINARY,
                "nvarchar(max)",
                "varbinary(max)",
                "bigint",
                "bigint IDENTITY(1,1)",
                "datetime2(6)",
                "SYSUTCDATETIME()");
    }

    @Override
    public int mostColumns() {
        return 1024;
    }

    @Override
    public boolean definesInTransactions() {
        return true;
    }

    @Override
    public String column(Field field, boolean notNull, boolean numbered) {
        String word = SqlServerValues.word(field);
        boolean whole = List.of("tinyint", "smallint", "int", "bigint").contains(word);
        boolean unicode = word.equals("nvarchar") || word.equals("nchar");
        return WORDS.identifier(field.name()) + " " + field.nativeType() + (unicode ? BINARY : "")
                + (numbered && whole ? " IDENTITY(1,1)" : "") + (notNull ? " NOT NULL" : " NULL");
    }

    @Override
    public List<String> createLike(String table, String like) {
        return List.of("SELECT * INTO " + table + " FROM " + like + " WHERE 1 = 0");
    }

    @Override
    public String rename(TableName table, String name) {
        return "EXEC sp_rename " + WORDS.literal(WORDS.table(table)) + ", " + WORDS.literal(name) + ", N'OBJECT'";
    }

    @Override
    public String drop(String table) {
        return "DROP TABLE " + table;
    }

    /** HOLDLOCK: else two may both find the key missing. */
    @Override
    public MergeWords merge() {
        return new MergeWords(" WITH (HOLDLOCK)", "", ";");
    }

    @Override
    public @Nullable String unwritable(Field field) {
        return switch (SqlServerValues.word(field)) {
            case "geometry", "geography", "sql_variant" ->
                "values of " + field.nativeType() + " are read as text, and cannot be written";
            case "rowversion", "timestamp" -> "the server counts a rowversion up by itself";
            default -> null;
        };
    }

    @Override
    public List<Writer> writers(
            JdbcSession session, Values values, TableName table, List<Field> fields, List<String> key)
            throws SQLException {
        boolean paged = fields.stream().anyMatch(SqlServerWriters::isText);
        Map<String, CharsetEncoder> pages = paged ? pages(session, table) : Map.of();
        List<Writer> writers = new ArrayList<>();
        for (Field field : fields) {
            writers.add(SqlServerWriters.of(field, pages.get(field.name()), key.contains(field.name())));
        }
        return writers;
    }

    /** Code pages of the table's texts; of one that Java does not know there is none. */
    private static Map<String, CharsetEncoder> pages(JdbcSession session, TableName table) throws SQLException {
        Map<String, CharsetEncoder> pages = new HashMap<>();
        session.list(codePages(table), row -> {
            CharsetEncoder page = encoder(row.getInt(2));
            if (page != null) {
                pages.put(row.getString(1), page);
            }
            return true;
        });
        return pages;
    }

    static String codePages(TableName table) {
        return "SELECT name, CAST(COLLATIONPROPERTY(collation_name, 'CodePage') AS int) FROM sys.columns "
                + "WHERE object_id = OBJECT_ID(" + WORDS.literal(WORDS.table(table))
                + ") AND collation_name IS NOT NULL";
    }

    static @Nullable CharsetEncoder encoder(int page) {
        if (page == 65001) {
            return StandardCharsets.UTF_8.newEncoder();
        }
        String name = page == 932
                ? "windows-31j"
                : page == 936 ? "GBK" : page == 949 || page == 950 ? "x-windows-" + page : "windows-" + page;
        return Charset.isSupported(name) ? Charset.forName(name).newEncoder() : null;
    }

    /** Columns that the server has to convert go by INSERT. */
    @Override
    public @Nullable Bulk bulk(TableName table, List<Field> fields, List<Writer> writers) {
        Values values = new SqlServerValues(false);
        boolean plain =
                fields.stream().allMatch(field -> values.parameter(field).equals("?"));
        return plain ? new SqlServerBulk(table, fields, writers) : null;
    }

    /** Numbers that the server would count itself, where they are among the columns. */
    static String identities(String table, List<Field> fields) {
        return "SELECT 1 FROM sys.identity_columns WHERE object_id = OBJECT_ID(" + WORDS.literal(table)
                + ") AND name IN ("
                + fields.stream().map(field -> WORDS.literal(field.name())).collect(Collectors.joining(", ")) + ")";
    }

    @Override
    public List<String> beforeInserts(String table, List<Field> fields) {
        return List.of("IF EXISTS (" + identities(table, fields) + ") SET IDENTITY_INSERT " + table + " ON");
    }

    @Override
    public List<String> afterInserts(String table, List<Field> fields) {
        return List.of("IF EXISTS (" + identities(table, fields) + ") SET IDENTITY_INSERT " + table + " OFF");
    }
}
