package io.godwit.connector.jdbc.dialect;

import io.godwit.connector.jdbc.dialect.Values.Field;
import io.godwit.core.table.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

record PlainSinkWords(boolean definesInTransactions) implements SinkWords {

    @Override
    public OwnTypes own() {
        return new OwnTypes(
                "varchar(400)",
                "varchar(300)",
                "text",
                "bytea",
                "bigint",
                "bigint GENERATED ALWAYS AS IDENTITY",
                "timestamp",
                "(now() AT TIME ZONE 'UTC')");
    }

    @Override
    public int mostColumns() {
        return 1600;
    }

    @Override
    public String column(Field field, boolean notNull, boolean numbered) {
        return new PlainWords().identifier(field.name()) + " " + field.nativeType() + (notNull ? " NOT NULL" : "");
    }

    @Override
    public String add() {
        return "ADD COLUMN";
    }

    @Override
    public List<String> createLike(String table, String like) {
        return List.of("CREATE TABLE " + table + " (LIKE " + like + ")");
    }

    @Override
    public String rename(TableName table, String name) {
        return "ALTER TABLE " + new PlainWords().table(table) + " RENAME TO " + new PlainWords().identifier(name);
    }

    @Override
    public String drop(String table) {
        return "DROP TABLE " + table;
    }

    @Override
    public String indexNamed() {
        return "SELECT 1 FROM pg_class WHERE relnamespace = 'kit'::regnamespace AND relname = ?";
    }

    @Override
    public MergeWords merge() {
        return new MergeWords("", "", "");
    }

    @Override
    public @Nullable String unwritable(Field field) {
        return null;
    }
}
