package io.godwit.connector.jdbc.dialect;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.dialect.Values.Field;
import io.godwit.connector.jdbc.dialect.Values.Writer;
import io.godwit.core.table.TableName;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a sink says to its database otherwise than others. */
public interface SinkWords {

    /** The types of Godwit's own tables. */
    OwnTypes own();

    /** Columns that a table may have. */
    int mostColumns();

    /** Whether definitions belong to the transaction that makes them; else the server commits with each. */
    boolean definesInTransactions();

    /** The column as it stands in a definition: name, type, NOT NULL, how it is numbered. */
    String column(Field field, boolean notNull, boolean numbered);

    /** What stands between a table's name and a column that is added to it. */
    default String add() {
        return "ADD";
    }

    /** Makes a table of the same columns and types, empty; what hangs on the other one is not taken along. */
    List<String> createLike(String table, String like);

    /** The same table under another name of the same schema. */
    String rename(TableName table, String name);

    String drop(String table);

    /**
     * The query that answers a row where no index of that name, its only parameter, can be made; empty: an index's name
     * is one of its table alone.
     */
    default String indexNamed() {
        return "";
    }

    /** What stands between MERGE INTO and the alias, and where a row of parameters is from, and the end. */
    MergeWords merge();

    /** Why no value can be written into such a column; null: it can. */
    @Nullable
    String unwritable(Field field);

    /**
     * Writers for the columns of a table, which may be looked at.
     *
     * @param key columns by which rows meet; empty where they meet none
     */
    default List<Writer> writers(
            JdbcSession session, Values values, TableName table, List<Field> fields, List<String> key)
            throws SQLException {
        return fields.stream().map(values::writer).toList();
    }

    /** What is to be true of the database before rows go into it; a sentence where it is not. */
    default @Nullable String unfit(JdbcSession session) throws SQLException {
        return null;
    }

    /** A faster way of plain rows into the table; null: there is none. */
    default @Nullable Bulk bulk(TableName table, List<Field> fields, List<Writer> writers) {
        return null;
    }

    /** Statements around rows that are put into columns of a table by INSERT or MERGE. */
    default List<String> beforeInserts(String table, List<Field> fields) {
        return List.of();
    }

    default List<String> afterInserts(String table, List<Field> fields) {
        return List.of();
    }

    /** Takes rows of what the driver takes. */
    @FunctionalInterface
    interface Bulk {
        /** @throws SQLException where not all of them were taken; the caller undoes those that were */
        void load(JdbcSession session, List<@Nullable Object[]> rows) throws SQLException;
    }

    /**
     * Words of MERGE.
     *
     * @param hint after the target's name, with a blank before it, or empty
     * @param from after a row of parameters, with a blank before it, or empty
     * @param end of the statement
     */
    record MergeWords(String hint, String from, String end) {}

    /**
     * Types for DDL, with what they need to hold ASCII ids and any text.
     *
     * @param id at most 400 ASCII characters, in a key
     * @param word at most 300 characters
     * @param text of any length
     * @param bytes of any length
     * @param whole 64 bits
     * @param numbered 64 bits, and how the server counts them up
     * @param moment with a default of now, in UTC
     * @param now an expression, in UTC
     */
    record OwnTypes(
            String id,
            String word,
            String text,
            String bytes,
            String whole,
            String numbered,
            String moment,
            String now) {}
}
