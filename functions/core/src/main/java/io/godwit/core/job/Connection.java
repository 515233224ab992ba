package io.godwit.core.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A named endpoint. It holds a <em>reference</em> to its secret, never the secret.
 *
 * @param type the connector's name, {@code postgresql}
 * @param host null where the kind has none: files
 * @param port null for the connector's default
 * @param secret {@code env:NAME}, {@code file:PATH} or {@code kubernetes:SECRET/KEY}; null where none is needed
 * @param options by name, each allowed by the connector
 * @param pools the pools whose functions reach it, never empty
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Connection(
        String name,
        String type,
        @Nullable String host,
        @Nullable Integer port,
        String database,
        @Nullable String user,
        @Nullable String secret,
        Map<String, String> options,
        Limits limits,
        List<String> pools) {

    /** The pool of connections that name none. */
    public static final String DEFAULT_POOL = "default";

    @SuppressWarnings("NullAway") // absent in JSON
    public Connection {
        options = options == null ? Map.of() : Map.copyOf(options);
        limits = limits == null ? Limits.NONE : limits;
        pools = pools == null || pools.isEmpty() ? List.of(DEFAULT_POOL) : List.copyOf(pools);
    }

    /**
     * What the endpoint bears, over all jobs; null is Godwit's default, or no limit for the rates.
     *
     * @param reads subtasks read from it at once
     * @param writes subtasks written into it at once
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Limits(
            @Nullable Integer reads,
            @Nullable Integer writes,
            @Nullable Long rowsPerSecond,
            @Nullable Long bytesPerSecond) {
        public static final Limits NONE = new Limits(null, null, null, null);
    }

    /** The same endpoint, another database of it. */
    public Connection withDatabase(String other) {
        return new Connection(name, type, host, port, other, user, secret, options, limits, pools);
    }
}
