package io.godwit.e2e.knative;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.godwit.planner.wiring.PoolsConfig;
import io.godwit.planner.wiring.PoolsConfig.PoolConfig;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pods of {@code knative/} may do and take, and whether the numbers in the manifests fit one another. */
class WorkloadsTest {
    /** What Knative grants where nobody changes its defaults. */
    private static final int LONGEST_REQUEST_SECONDS = 600;

    static Stream<Path> overlays() {
        return ManifestsTest.overlays();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyPodIsRestrictedAndHasWhatItNeeds(Path overlay) {
        Rendered rendered = Rendered.of(overlay);
        Set<String> accounts = new TreeSet<>();
        rendered.kind("ServiceAccount").forEach(account -> accounts.add(Rendered.name(account)));
        for (ObjectNode workload : workloads(rendered)) {
            String name = Rendered.name(workload);
            JsonNode pod = workload.at("/spec/template/spec");
            JsonNode container = Rendered.container(workload);
            JsonNode security = container.path("securityContext");
            assertThat(either(pod, security, "/runAsNonRoot").asBoolean())
                    .as(name)
                    .isTrue();
            assertThat(either(pod, security, "/seccompProfile/type").asText())
                    .as(name)
                    .isEqualTo("RuntimeDefault");
            assertThat(security.path("allowPrivilegeEscalation").asBoolean(true))
                    .as(name)
                    .isFalse();
            assertThat(security.at("/capabilities/drop/0").asText()).as(name).isEqualTo("ALL");
            assertThat(security.path("readOnlyRootFilesystem").asBoolean())
                    .as(name)
                    .isTrue();
            // The JVM and Vert.x write there.
            assertThat(container.path("volumeMounts").findValuesAsText("mountPath"))
                    .as(name)
                    .contains("/tmp");
            assertThat(pod.path("automountServiceAccountToken").asBoolean(true))
                    .as(name)
                    .isFalse();
            assertThat(accounts)
                    .as(name)
                    .contains(pod.path("serviceAccountName").asText());
            assertThat(container.at("/resources/requests").size()).as(name).isEqualTo(2);
            assertThat(container.at("/resources/limits/memory").isTextual())
                    .as(name)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void writeThatTakesItsTimeTwiceEndsWithinItsRequest(Path overlay) {
        Rendered rendered = Rendered.of(overlay);
        Duration budget = rendered.kind("ConfigMap").stream()
                .map(settings -> settings.at("/data/GODWIT_REQUEST_BUDGET"))
                .filter(JsonNode::isTextual)
                .map(value -> Duration.parse(value.asText()))
                .findFirst()
                .orElseThrow();

        for (ObjectNode service : rendered.kind("Service")) {
            assertThat(budget.multipliedBy(2).toSeconds())
                    .as(Rendered.name(service))
                    .isLessThan(service.at("/spec/template/spec/timeoutSeconds").asLong());
        }
    }

    private static Iterable<ObjectNode> workloads(Rendered rendered) {
        return Stream.concat(rendered.kind("Service").stream(), rendered.kind("Job").stream())
                .toList();
    }

    private static JsonNode either(JsonNode pod, JsonNode container, String what) {
        JsonNode own = container.at(what);
        return own.isMissingNode() ? pod.path("securityContext").at(what) : own;
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyServiceScalesToZeroIsProbedAndBounded(Path overlay) {
        for (ObjectNode service : Rendered.of(overlay).kind("Service")) {
            String name = Rendered.name(service);
            JsonNode scale = service.at("/spec/template/metadata/annotations");
            JsonNode pod = service.at("/spec/template/spec");
            JsonNode container = Rendered.container(service);
            assertThat(scale.path("autoscaling.knative.dev/min-scale").asText())
                    .as(name)
                    .isEqualTo("0");
            assertThat(maxScale(service)).as(name).isPositive();
            assertThat(pod.path("containerConcurrency").asInt()).as(name).isPositive();
            assertThat(pod.path("timeoutSeconds").asInt()).as(name).isBetween(1, LONGEST_REQUEST_SECONDS);
            assertThat(container.at("/startupProbe/httpGet/path").asText())
                    .as(name)
                    .isEqualTo("/q/health/started");
            assertThat(container.at("/readinessProbe/httpGet/path").asText())
                    .as(name)
                    .isEqualTo("/q/health/ready");
            assertThat(container.at("/livenessProbe/httpGet/path").asText())
                    .as(name)
                    .isEqualTo("/q/health/live");
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void onlyReadersAndWritersHaveTheSecretsOfConnections(Path overlay) {
        Rendered rendered = Rendered.of(overlay);
        for (ObjectNode service : rendered.kind("Service")) {
            boolean has = service.toString().contains("godwit-connections");
            String function = rendered.functionOf(Rendered.name(service));
            assertThat(has)
                    .as(Rendered.name(service))
                    .isEqualTo(Set.of("reader", "writer").contains(function));
        }
    }

    /** A connection may name any host; what a cloud tells its machines of themselves must not be read through it. */
    @ParameterizedTest
    @MethodSource("overlays")
    void noFunctionReachesWhereACloudTellsItsMachinesSecrets(Path overlay) {
        List<ObjectNode> egress = Rendered.of(overlay).kind("NetworkPolicy").stream()
                .filter(policy -> policy.at("/spec/podSelector/matchExpressions/0/key")
                        .asText()
                        .equals("serving.knative.dev/service"))
                .filter(policy -> policy.at("/spec/policyTypes").toString().contains("Egress"))
                .toList();
        // What one policy lets through, another does not take back.
        assertThat(egress).hasSize(1);
        NetworkReach reach = new NetworkReach(egress.get(0));

        assertThat(List.of("169.254.169.254", "169.254.170.2", "fd00:ec2::254", "fe80::a9fe:a9fe"))
                .noneMatch(reach::lets);
        assertThat(List.of("10.1.2.3", "203.0.113.7", "169.253.1.1", "2001:db8::5", "fd00:ec2::255"))
                .allMatch(reach::lets);
    }

    /** What the planner may have under way in a pool finds an instance, and a lane of the topic. */
    @ParameterizedTest
    @MethodSource("overlays")
    void everyPoolHasRoomForWhatItsLanesLetThrough(Path overlay) {
        Rendered rendered = Rendered.of(overlay);
        int readers = 0;
        assertThat(rendered.pools()).contains("default");
        for (String pool : rendered.pools()) {
            int lanes = Integer.parseInt(rendered.ofPool(pool, "LANES"));
            for (String function : Set.of("reader", "writer")) {
                ObjectNode service = rendered.only("Service", rendered.serviceOf(pool, function));
                int atOnce = maxScale(service)
                        * service.at("/spec/template/spec/containerConcurrency").asInt();
                assertThat(atOnce).as(Rendered.name(service)).isGreaterThanOrEqualTo(lanes);
                assertThat(rendered.functionOf(Rendered.name(service))).isEqualTo(function);
            }
            readers += maxScale(rendered.only("Service", rendered.serviceOf(pool, "reader")));
            if (!rendered.kind("KafkaTopic").isEmpty()) {
                ObjectNode topic = rendered.only("KafkaTopic", "godwit.rows." + pool);
                assertThat(topic.at("/spec/partitions").asInt()).as(pool).isEqualTo(lanes);
                assertThat(rendered.ofPool(pool, "MAKE_TOPIC")).as(pool).isEqualTo("false");
            }
        }
        assertThat(rendered.settings()).containsEntry("GODWIT_READER_PROCESSES", Integer.toString(readers));
    }

    @Test
    void plannerReadsBothPoolsWithTheirWeightsFromTheSettings() {
        Map<String, String> environment =
                Rendered.of(Path.of("..", "knative", "overlays", "two-pools")).settings();
        Map<String, PoolConfig> pools = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new EnvConfigSource(environment, 300))
                .withMapping(PoolsConfig.class)
                .build()
                .getConfigMapping(PoolsConfig.class)
                .pools();

        assertThat(pools).containsOnlyKeys("default", "far");
        assertThat(pools)
                .hasEntrySatisfying("default", pool -> assertThat(pool.weight()).isEqualTo(2));
        assertThat(pools).hasEntrySatisfying("far", pool -> {
            assertThat(pool.weight()).isEqualTo(1);
            assertThat(pool.readerUrl()).hasHost("reader-far.godwit.svc.cluster.local");
            assertThat(pool.makeTopic()).isFalse();
        });
    }

    private static int maxScale(ObjectNode service) {
        return service.at("/spec/template/metadata/annotations")
                .path("autoscaling.knative.dev/max-scale")
                .asInt();
    }
}
