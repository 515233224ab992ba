package io.godwit.e2e.knative;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.godwit.core.event.Event;
import io.godwit.ops.api.DeadLetterInbox;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How {@code knative/} says that events are delivered, where they end, and who may send them. */
class DeliveryTest {
    private static final String PING = "dev.knative.sources.ping";
    private static final Pattern QUOTED = Pattern.compile("'([^']+)'");

    static Stream<Path> overlays() {
        return ManifestsTest.overlays();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyEventEndsWithOpsWhereNoFunctionTakesIt(Path overlay) {
        Rendered rendered = Rendered.of(overlay);
        ObjectNode broker = rendered.only("Broker", "godwit");
        JsonNode delivery = broker.at("/spec/delivery");
        JsonNode sink = delivery.path("deadLetterSink");

        assertThat(rendered.functionOf(sink.at("/ref/name").asText())).isEqualTo("ops");
        assertThat(sink.path("uri").asText()).isEqualTo(DeadLetterInbox.PATH);
        assertThat(delivery.path("retry").asInt()).isBetween(1, 20);
        assertThat(delivery.path("backoffPolicy").asText()).isEqualTo("exponential");
        Duration timeout = Duration.parse(delivery.path("timeout").asText());
        for (ObjectNode service : rendered.kind("Service")) {
            assertThat(timeout)
                    .as(Rendered.name(service))
                    .isGreaterThan(Duration.ofSeconds(
                            service.at("/spec/template/spec/timeoutSeconds").asInt()));
        }
        for (ObjectNode trigger : rendered.kind("Trigger")) {
            assertThat(trigger.at("/spec/broker").asText()).isEqualTo(Rendered.name(broker));
            // One of its own would put the broker's aside.
            assertThat(trigger.at("/spec").has("delivery"))
                    .as(Rendered.name(trigger))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyTypeOfEventMayBeSentByThoseThatAreNamedAndByNobodyElse(Path overlay) {
        Rendered rendered = Rendered.of(overlay);
        Set<String> types = new TreeSet<>(Set.of(PING));
        for (Event.Type type : Event.Type.values()) {
            types.add(type.text());
        }
        Set<String> allowed = new TreeSet<>();
        for (ObjectNode policy : rendered.kind("EventPolicy")) {
            String name = Rendered.name(policy);
            JsonNode to = policy.at("/spec/to");
            assertThat(to).as(name).hasSize(1);
            assertThat(rendered.only("Broker", to.at("/0/ref/name").asText())).isNotNull();
            assertThat(policy.at("/spec/from")).as(name).isNotEmpty();
            policy.at("/spec/from")
                    .forEach(from -> assertThat(isOurs(rendered, from))
                            .as(name + " " + from)
                            .isTrue());
            // One filter: whether several must all hold, or one of them, is told in two ways.
            assertThat(policy.at("/spec/filters")).as(name).hasSize(1);
            List<String> let = letThrough(policy.at("/spec/filters/0"), types);
            assertThat(let).as(name).isNotEmpty().isSubsetOf(types);
            allowed.addAll(let);
        }
        assertThat(allowed).isEqualTo(types);
    }

    /** A source of ours; or an account that we make; or those that Knative makes for triggers or cron sources. */
    private static boolean isOurs(Rendered rendered, JsonNode from) {
        if (from.has("ref")) {
            rendered.only(from.at("/ref/kind").asText(), from.at("/ref/name").asText());
            return true;
        }
        String account = from.path("sub").asText();
        String prefix = "system:serviceaccount:godwit:";
        assertThat(account).startsWith(prefix);
        String pattern = account.substring(prefix.length()).replace("*", ".*");
        List<String> accounts = new ArrayList<>(List.of("cron-nightly-oidc-sources.knative.dev-pingsource"));
        rendered.kind("ServiceAccount").forEach(each -> accounts.add(Rendered.name(each)));
        rendered.kind("Trigger")
                .forEach(each -> accounts.add(Rendered.name(each) + "-oidc-eventing.knative.dev-trigger"));
        return accounts.stream().anyMatch(each -> each.matches(pattern));
    }

    private static List<String> letThrough(JsonNode filter, Set<String> types) {
        if (filter.has("exact")) {
            return List.of(filter.at("/exact/type").asText());
        }
        if (filter.has("prefix")) {
            return types.stream()
                    .filter(type -> type.startsWith(filter.at("/prefix/type").asText()))
                    .toList();
        }
        String expression = filter.path("cesql").asText();
        assertThat(expression).matches("type IN \\('[a-z.-]+'(, '[a-z.-]+')*\\)");
        return QUOTED.matcher(expression).results().map(match -> match.group(1)).toList();
    }
}
