package io.godwit.connector.mongodb;

import io.godwit.connector.OptionCheck;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a connection may say beside host, port, database and user. Whatever makes the driver load a class or a file, ask
 * another service for credentials or take less than a majority's word is not among them.
 */
final class MongoOptions {
    private static final Pattern NAME = Pattern.compile("[^$\\x00/\\\\. \"]{1,63}");

    private static final Map<String, Pattern> ALLOWED = Map.of(
            "sslMode", Pattern.compile("disable|verify-full"),
            "authSource", NAME,
            "authMechanism", Pattern.compile("SCRAM-SHA-1|SCRAM-SHA-256"),
            "replicaSet", NAME,
            "sample", Pattern.compile("[1-9][0-9]{0,5}"),
            "rest", Pattern.compile("[^$\\x00.][^\\x00]{0,199}"));

    static final Set<String> NAMES = ALLOWED.keySet();

    private static final String SAMPLE = "1000";

    private final Map<String, String> options;

    private MongoOptions(Map<String, String> options) {
        this.options = options;
    }

    /** @throws GodwitException CONNECTION_OPTION_REFUSED */
    static MongoOptions of(Connection connection) {
        OptionCheck.check(connection, ALLOWED);
        return new MongoOptions(connection.options());
    }

    boolean isEncrypted() {
        return !"disable".equals(options.get("sslMode"));
    }

    /** The database that knows the user. */
    String authSource() {
        return options.getOrDefault("authSource", "admin");
    }

    /** Null: what client and server agree on. */
    @Nullable
    String authMechanism() {
        return options.get("authMechanism");
    }

    @Nullable
    String replicaSet() {
        return options.get("replicaSet");
    }

    /** Documents that are looked at for a collection's columns. */
    int sample() {
        return Integer.parseInt(options.getOrDefault("sample", SAMPLE));
    }

    /** The column that takes all fields that have none; null: documents with such are refused. */
    @Nullable
    String rest() {
        return options.get("rest");
    }
}
