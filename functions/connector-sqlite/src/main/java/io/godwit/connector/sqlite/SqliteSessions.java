package io.godwit.connector.sqlite;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.Side;
import io.godwit.core.error.GodwitException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;
import org.sqlite.SQLiteOpenMode;

/** Opens sessions with a file, and pins what changes what SQL means and reaches. */
final class SqliteSessions {
    /** Functions that reach beyond the database are not for what a file's own views and triggers say. */
    private static final String TRUST_NO_SCHEMA = "PRAGMA trusted_schema = OFF";

    /**
     * References are checked when a step is published, as tables come in any order. A renamed table takes the place of
     * one that views and references go on to name.
     */
    private static final List<String> OF_SINKS = List.of(
            TRUST_NO_SCHEMA,
            "PRAGMA foreign_keys = OFF",
            "PRAGMA legacy_alter_table = ON",
            "PRAGMA synchronous = FULL",
            "PRAGMA recursive_triggers = OFF");

    private static final List<String> OF_SOURCES = List.of(TRUST_NO_SCHEMA, "PRAGMA query_only = ON");

    private static final int MOST_COLUMNS = 32_767;

    private SqliteSessions() {}

    /** @throws GodwitException CONNECTION_OPTION_REFUSED, SOURCE_LOGIN_REFUSED or SOURCE_UNREACHABLE */
    static SqliteSession source(SqliteFile file) {
        SqliteErrors errors = new SqliteErrors(Side.SOURCE, file);
        file.check();
        if (!file.exists()) {
            throw errors.missing("Check the path.");
        }
        SQLiteConfig config = config(file);
        config.setReadOnly(true);
        return open(file, config, errors, OF_SOURCES);
    }

    /**
     * @param makes whether a file that is not there is made, where the connection allows it; else an empty database
     *     stands in for it
     * @throws GodwitException CONNECTION_OPTION_REFUSED, SINK_LOGIN_REFUSED or SINK_UNREACHABLE
     */
    static SqliteSession sink(SqliteFile file, boolean makes) {
        SqliteErrors errors = new SqliteErrors(Side.SINK, file);
        file.check();
        SQLiteConfig config = config(file);
        if (!file.exists()) {
            if (!file.options().mayCreate()) {
                throw errors.missing("Check the path, or let the connection make the file: options: { create: true }.");
            }
            if (!makes) {
                return open(file, null, errors, OF_SINKS);
            }
        } else {
            config.resetOpenMode(SQLiteOpenMode.CREATE);
        }
        return open(file, config, errors, OF_SINKS);
    }

    private static SQLiteConfig config(SqliteFile file) {
        SQLiteConfig config = new SQLiteConfig();
        config.enableLoadExtension(false);
        config.setBusyTimeout(file.options().busyTimeout());
        return config;
    }

    /** @param config null: of a database in memory that stands in for the file */
    private static SqliteSession open(
            SqliteFile file, @Nullable SQLiteConfig config, SqliteErrors errors, List<String> settings) {
        try {
            Connection jdbc = config == null
                    ? new SQLiteConfig().createConnection("jdbc:sqlite::memory:")
                    : config.createConnection("jdbc:sqlite:" + file.path());
            JdbcSession plain = new JdbcSession(jdbc);
            try {
                SQLiteConnection own = jdbc.unwrap(SQLiteConnection.class);
                own.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
                // A row's size is read beside its columns, of which a table may have as many as a result else.
                own.setLimit(SQLiteLimits.SQLITE_LIMIT_COLUMN, MOST_COLUMNS);
                for (String setting : settings) {
                    plain.run(setting);
                }
                // Touches the file: whether it is a database is known from here.
                plain.one("SELECT count(*) FROM sqlite_schema", row -> row.getLong(1));
                Charset encoding = plain.one("PRAGMA encoding", row -> encoding(row.getString(1)));
                return new SqliteSession(jdbc, file, config == null ? null : file.key(), encoding);
            } catch (SQLException | RuntimeException e) {
                plain.close();
                throw e;
            }
        } catch (SQLException e) {
            throw errors.opening(e);
        }
    }

    private static Charset encoding(String name) {
        return switch (name) {
            case "UTF-16le" -> StandardCharsets.UTF_16LE;
            case "UTF-16be" -> StandardCharsets.UTF_16BE;
            default -> StandardCharsets.UTF_8;
        };
    }
}
