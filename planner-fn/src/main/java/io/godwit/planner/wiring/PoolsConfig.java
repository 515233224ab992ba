package io.godwit.planner.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** The pools: {@code godwit.pools."NAME".*}. */
@ConfigMapping(prefix = "godwit.pools")
public interface PoolsConfig {
    @WithParentName
    Map<String, PoolConfig> pools();

    /** One pool. */
    interface PoolConfig {
        /** Where its readers answer questions. */
        URI readerUrl();

        /** Where its writers answer questions. */
        URI writerUrl();

        /** Where its rows wait: a name after {@code godwit.rows.}; {@code godwit.rows.NAME} where it is not said. */
        Optional<String> topic();

        /** Partitions of the topic, and with that reads at once, and writes at once. */
        @WithDefault("8")
        int lanes();

        /** Its share of the subtasks, beside the other pools that could have them. */
        @WithDefault("1")
        int weight();

        /** Whether the planner makes the topic where it is missing; false where an operator does. */
        @WithDefault("true")
        boolean makeTopic();

        /** Bytes that may wait in its topic. */
        @WithDefault("2147483648")
        long credit();
    }
}
