package io.godwit.connector.sqlite;

import io.godwit.connector.OptionCheck;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What a connection may say beside its file. No option reaches the driver as it is. */
final class SqliteOptions {
    private static final Map<String, Pattern> ALLOWED = Map.of(
            "busyTimeout", Pattern.compile("[1-9][0-9]{0,2}"),
            "create", Pattern.compile("true|false"),
            "timeout", Pattern.compile("[1-9][0-9]{0,4}"),
            "types", Pattern.compile("declared|text"));

    static final Set<String> NAMES = ALLOWED.keySet();

    /** Seconds. */
    private static final int DEFAULT_BUSY_TIMEOUT = 60;

    /** Seconds: functions are given no more for a request. */
    private static final int DEFAULT_TIMEOUT = 600;

    private final Map<String, String> options;

    private SqliteOptions(Map<String, String> options) {
        this.options = options;
    }

    /** @throws GodwitException CONNECTION_OPTION_REFUSED */
    static SqliteOptions of(Connection connection) {
        OptionCheck.check(connection, ALLOWED);
        return new SqliteOptions(connection.options());
    }

    /** How long somebody else's lock on the file is waited for. Milliseconds. */
    int busyTimeout() {
        return Integer.parseInt(options.getOrDefault("busyTimeout", String.valueOf(DEFAULT_BUSY_TIMEOUT))) * 1000;
    }

    /** How long one piece of work may take that has no measure of its own. */
    Duration timeout() {
        return Duration.ofSeconds(Integer.parseInt(options.getOrDefault("timeout", String.valueOf(DEFAULT_TIMEOUT))));
    }

    /** Whether preparing a step makes a file that is not there. */
    boolean mayCreate() {
        return Boolean.parseBoolean(options.get("create"));
    }

    /** Whether all columns but those of bytes are read as texts, whatever their declared types. */
    boolean readsTexts() {
        return "text".equals(options.get("types"));
    }
}
