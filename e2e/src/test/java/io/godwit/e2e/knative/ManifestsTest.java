package io.godwit.e2e.knative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.fabric8.knative.eventing.v1.Broker;
import io.fabric8.knative.eventing.v1.Trigger;
import io.fabric8.knative.eventing.v1alpha1.EventPolicy;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.knative.sources.v1.PingSource;
import io.fabric8.knative.sources.v1.SinkBinding;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.godwit.core.event.Event;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import io.smallrye.config.ConfigMapping;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code knative/} says, against the types of Kubernetes, Knative and Strimzi, and against the code. */
class ManifestsTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.godwit");

    /** Sent by Knative itself. */
    private static final String PING = "dev.knative.sources.ping";

    private static final Map<String, Class<?>> FORMS = Map.ofEntries(
            Map.entry("v1/Namespace", Namespace.class),
            Map.entry("v1/ConfigMap", ConfigMap.class),
            Map.entry("v1/ServiceAccount", ServiceAccount.class),
            Map.entry("batch/v1/Job", Job.class),
            Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
            Map.entry("serving.knative.dev/v1/Service", Service.class),
            Map.entry("eventing.knative.dev/v1/Broker", Broker.class),
            Map.entry("eventing.knative.dev/v1/Trigger", Trigger.class),
            Map.entry("eventing.knative.dev/v1alpha1/EventPolicy", EventPolicy.class),
            Map.entry("sources.knative.dev/v1/PingSource", PingSource.class),
            Map.entry("sources.knative.dev/v1/SinkBinding", SinkBinding.class),
            Map.entry("monitoring.coreos.com/v1/PodMonitor", PodMonitor.class),
            Map.entry("kafka.strimzi.io/v1/KafkaTopic", KafkaTopic.class),
            Map.entry("kafka.strimzi.io/v1/KafkaUser", KafkaUser.class));

    /** The models keep what they do not know; this one refuses it. */
    private static final ObjectMapper STRICT = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1L;

                @Override
                public Boolean hasAnySetter(Annotated any) {
                    return false;
                }
            });

    static Stream<Path> overlays() {
        return Stream.of("local", "production", "two-pools").map(name -> Path.of("..", "knative", "overlays", name));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyFieldIsOneOfItsType(Path overlay) {
        assertThatEveryFieldIsOneOfItsType(Kustomization.render(overlay));
    }

    /** As in an overlay of a user whose cluster has the Prometheus Operator. */
    @Test
    void podMonitorFindsEveryFunctionWhereItShowsItsMetrics(@TempDir Path overlay) throws IOException {
        Path knative = Path.of("..", "knative").toAbsolutePath();
        Files.writeString(overlay.resolve("kustomization.yaml"), """
                kind: Kustomization
                resources: ["%1$s/overlays/two-pools"]
                components: ["%1$s/components/pod-monitor"]
                """.formatted(knative));
        Rendered rendered = Rendered.of(overlay);

        assertThatEveryFieldIsOneOfItsType(rendered.documents());
        ObjectNode monitor = rendered.only("PodMonitor", "functions");
        JsonNode endpoint = monitor.at("/spec/podMetricsEndpoints/0");
        // Knative gives every pod of a Service this label, and this name to the port that a Service leaves unnamed.
        assertThat(monitor.at("/spec/selector/matchExpressions/0/key").asText())
                .isEqualTo("serving.knative.dev/service");
        assertThat(endpoint.path("port").asText()).isEqualTo("user-port");
        assertThat(rendered.kind("Service")).hasSize(6).allSatisfy(service -> {
            assertThat(service.at("/metadata/namespace")).isEqualTo(monitor.at("/metadata/namespace"));
            assertThat(Rendered.container(service).at("/ports/0").has("name")).isFalse();
            assertThat(service.at("/spec/template/metadata/annotations/prometheus.io~1path"))
                    .isEqualTo(endpoint.path("path"));
        });
    }

    private static void assertThatEveryFieldIsOneOfItsType(List<ObjectNode> documents) {
        assertThat(documents).hasSizeGreaterThan(10);
        for (ObjectNode document : documents) {
            Class<?> form = FORMS.get(kind(document));
            assertThat(form).as("a type for " + kind(document)).isNotNull();
            assertThatCode(() -> STRICT.treeToValue(document, form))
                    .as(kind(document) + " " + name(document))
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyTypeOfEventHasItsOneTriggerToTheFunctionThatActsOnIt(Path overlay) {
        Rendered rendered = Rendered.of(overlay);
        Map<String, List<String>> wanted = new TreeMap<>();
        for (Event.Type type : Event.Type.values()) {
            if (type == Event.Type.SUBTASK_READ || type == Event.Type.SUBTASK_WRITE) {
                rendered.pools()
                        .forEach(pool -> wanted.put(
                                type.text() + " " + pool, List.of(rendered.serviceOf(pool, type.function()))));
            } else {
                wanted.put(type.text() + " ", List.of(type.function()));
            }
        }
        wanted.put(PING + " ", List.of("planner"));

        Map<String, List<String>> found = new TreeMap<>();
        Map<String, Set<String>> taken = new TreeMap<>();
        for (ObjectNode trigger : rendered.kind("Trigger")) {
            JsonNode attributes = trigger.at("/spec/filter/attributes");
            String type = attributes.path("type").textValue();
            String service = trigger.at("/spec/subscriber/ref/name").textValue();
            found.computeIfAbsent(type + " " + attributes.path("pool").asText(), key -> new ArrayList<>())
                    .add(service);
            taken.computeIfAbsent(rendered.functionOf(service), key -> new TreeSet<>())
                    .add(type);
        }
        assertThat(found).isEqualTo(wanted);
        assertThat(taken).as("what functions accept").isEqualTo(accepted());
    }

    /** Types of events by function, as the functions declare them. */
    private static Map<String, Set<String>> accepted() {
        Map<String, Set<String>> accepted = new TreeMap<>();
        for (JavaMethod method : MAIN.stream()
                .flatMap(each -> each.getMethods().stream())
                .filter(method -> method.isAnnotatedWith(CloudEventMapping.class))
                .toList()) {
            String function = method.getOwner().getPackageName().split("\\.", -1)[2];
            accepted.computeIfAbsent(function, key -> new TreeSet<>())
                    .add(method.getAnnotationOfType(CloudEventMapping.class).trigger());
        }
        return accepted;
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyVariableIsASetting(Path overlay) {
        Set<String> variables = new TreeSet<>();
        Rendered rendered = Rendered.of(overlay);
        variables.addAll(rendered.settings().keySet());
        for (ObjectNode document : rendered.documents()) {
            document.findValues("env")
                    .forEach(env -> env.forEach(
                            variable -> variables.add(variable.path("name").textValue())));
        }
        List<Pattern> settings = settings();

        assertThat(variables)
                .isNotEmpty()
                .allSatisfy(variable -> assertThat(settings)
                        .as(variable)
                        .anyMatch(setting -> setting.matcher(variable).matches()));
    }

    /** As environment variables; the name of a pool may be any. */
    private static List<Pattern> settings() {
        Set<String> names = new TreeSet<>(Set.of(
                "K_SINK",
                "QUARKUS_HTTP_HOST",
                "QUARKUS_DATASOURCE_JDBC_URL",
                "QUARKUS_DATASOURCE_USERNAME",
                "QUARKUS_DATASOURCE_PASSWORD"));
        // Quarkus hands kafka.* to Kafka's clients.
        ProducerConfig.configNames().forEach(name -> names.add(variable("kafka." + name)));
        MAIN.stream()
                .flatMap(each -> each.getConstructors().stream())
                .flatMap(constructor -> constructor.getParameters().stream())
                .filter(parameter -> parameter.isAnnotatedWith(ConfigProperty.class))
                .forEach(parameter -> names.add(variable(
                        parameter.getAnnotationOfType(ConfigProperty.class).name())));
        MAIN.stream()
                .flatMap(each -> each.getMethods().stream())
                .flatMap(method -> method.getParameters().stream())
                .filter(parameter -> parameter.isAnnotatedWith(ConfigProperty.class))
                .forEach(parameter -> names.add(variable(
                        parameter.getAnnotationOfType(ConfigProperty.class).name())));
        MAIN.stream()
                .filter(each -> each.isAnnotatedWith(ConfigMapping.class))
                .forEach(each -> collect(
                        each.reflect(),
                        each.getAnnotationOfType(ConfigMapping.class).prefix(),
                        names));
        return names.stream().map(Pattern::compile).toList();
    }

    private static void collect(Class<?> mapping, String prefix, Set<String> names) {
        for (java.lang.reflect.Method method : mapping.getDeclaredMethods()) {
            if (Map.class.isAssignableFrom(method.getReturnType())) {
                Class<?> each = (Class<?>) ((java.lang.reflect.ParameterizedType) method.getGenericReturnType())
                        .getActualTypeArguments()[1];
                collect(each, prefix + ".[A-Z0-9_]+", names);
                continue;
            }
            String name = prefix + "." + kebab(method.getName());
            if (method.getReturnType().getEnclosingClass() == mapping) {
                collect(method.getReturnType(), name, names);
            } else {
                names.add(variable(name));
            }
        }
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static String variable(String property) {
        return property.replace(".[A-Z0-9_]+", "\u0000")
                .toUpperCase(Locale.ROOT)
                .replaceAll("[.-]", "_")
                .replace("\u0000", "_[A-Z0-9_]+");
    }

    private static String kind(JsonNode document) {
        return document.path("apiVersion").textValue() + "/"
                + document.path("kind").textValue();
    }

    private static String name(JsonNode document) {
        return document.at("/metadata/name").textValue();
    }
}
