package io.godwit.platform.jobfile;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a file may name without defining it; null: not known to the caller, so not checked.
 *
 * @param connectorTypes types that connectors serve
 * @param connections connections of the catalog
 */
public record KnownNames(
        @Nullable Set<String> connectorTypes, @Nullable Set<String> connections) {
    /** Names that a file does not define are left to the caller. */
    public static final KnownNames NONE = new KnownNames(null, null);

    public KnownNames {
        connectorTypes = connectorTypes == null ? null : Set.copyOf(connectorTypes);
        connections = connections == null ? null : Set.copyOf(connections);
    }
}
