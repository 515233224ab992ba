package io.godwit.ops.api.access;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.ErrorInfo;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Whose tokens count. All of it must be given: a token that anybody issued, or for anybody, would open the API. */
@Singleton
final class AccessSettings {
    private final List<String> missing = new ArrayList<>();
    private final List<String> rolesClaim;
    private final Set<String> eventHosts;
    private final boolean openMetrics;

    @Inject
    AccessSettings(
            @ConfigProperty(name = "godwit.api.issuer") Optional<String> issuer,
            @ConfigProperty(name = "godwit.api.audience") Optional<List<String>> audience,
            @ConfigProperty(name = "godwit.api.keys") Optional<String> keys,
            @ConfigProperty(name = "godwit.api.public-key") Optional<String> publicKey,
            @ConfigProperty(name = "godwit.api.roles-claim") String rolesClaim,
            @ConfigProperty(name = "godwit.api.open-metrics") boolean openMetrics,
            @ConfigProperty(name = "godwit.ops.event-hosts") Set<String> eventHosts) {
        if (issuer.isEmpty()) {
            missing.add("GODWIT_API_ISSUER");
        }
        if (audience.isEmpty()) {
            missing.add("GODWIT_API_AUDIENCE");
        }
        if (keys.isEmpty() && publicKey.isEmpty()) {
            missing.add("GODWIT_API_KEYS");
        }
        this.rolesClaim = List.of(rolesClaim.split("/", -1));
        this.openMetrics = openMetrics;
        this.eventHosts = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        this.eventHosts.addAll(eventHosts);
    }

    /** Why nobody can be let in, if so. */
    Optional<ErrorInfo> closed() {
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(new ErrorInfo(
                        ErrorCode.FORBIDDEN,
                        "this API is closed: it has not been told whose tokens count",
                        "Set " + String.join(", ", missing) + " of ops."));
    }

    /** Where in a token its roles are: names of claims, each within the one before. */
    List<String> rolesClaim() {
        return rolesClaim;
    }

    /** The names under which brokers, and nobody outside, reach this function. */
    boolean takesEventsAs(String host) {
        return eventHosts.contains(host);
    }

    boolean opensMetrics() {
        return openMetrics;
    }
}
