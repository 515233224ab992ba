package io.godwit.e2e.knative;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.godwit.connector.Connector;
import io.godwit.core.event.Event;
import io.godwit.core.event.Fact;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a native image of each function would be made of: {@code target/native-sources}, as {@code native-image} gets
 * it. There is no native builder here, so that what is checked is what such an image could not do without.
 */
class NativeSourcesIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(strings = {"planner", "reader", "writer", "ops"})
    void everyEventIsRegistered(String function) throws IOException {
        Set<String> registered = registered(function);

        assertThat(registered)
                .containsAll(permitted(Event.class))
                .containsAll(permitted(Fact.class))
                .contains(Event.class.getName(), Fact.class.getName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"reader", "writer"})
    void everyConnectorIsRegisteredAndFound(String function) throws IOException {
        List<String> connectors = new ArrayList<>();
        String services = "META-INF/services/" + Connector.class.getName();
        forEachJar(function, jar -> {
            String text = text(jar, services);
            text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(connectors::add);
        });

        assertThat(connectors).isNotEmpty();
        assertThat(registered(function)).containsAll(connectors);
        assertThat(included(function))
                .anyMatch(pattern -> pattern.matcher(services).matches());
    }

    @ParameterizedTest
    @ValueSource(strings = {"planner", "reader", "writer", "ops"})
    void everySchemaAndMigrationIsIncluded(String function) throws IOException {
        List<Pattern> included = included(function);
        List<String> needed = new ArrayList<>();
        forEachJar(
                function,
                jar -> jar.stream()
                        .map(entry -> entry.getName())
                        .filter(name -> name.matches("(schemas/(job|connection)/.*\\.json|db/control/.*\\.sql)"))
                        .forEach(needed::add));

        assertThat(needed).hasSizeGreaterThanOrEqualTo(6);
        assertThat(needed)
                .allMatch(name -> included.stream()
                        .anyMatch(pattern -> pattern.matcher(name).matches()));
    }

    private static List<String> permitted(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses())
                .map(Class::getName)
                .toList();
    }

    private static Set<String> registered(String function) throws IOException {
        Set<String> names = new TreeSet<>();
        forEachJar(
                function,
                jar -> configurations(jar, "reflect-config.json")
                        .forEach(file -> file.forEach(
                                entry -> names.add(entry.path("name").asText()))));
        return names;
    }

    private static List<Pattern> included(String function) throws IOException {
        List<Pattern> patterns = new ArrayList<>();
        forEachJar(
                function,
                jar -> configurations(jar, "resource-config.json")
                        .forEach(file -> file.path("resources")
                                .path("includes")
                                .forEach(entry -> patterns.add(
                                        Pattern.compile(entry.path("pattern").asText())))));
        return patterns;
    }

    private static List<JsonNode> configurations(JarFile jar, String name) {
        return jar.stream()
                .map(entry -> entry.getName())
                .filter(entry -> entry.startsWith("META-INF/native-image/io.godwit/") && entry.endsWith("/" + name))
                .map(entry -> {
                    try {
                        return JSON.readTree(text(jar, entry));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }

    private static String text(JarFile jar, String entry) {
        if (jar.getEntry(entry) == null) {
            return "";
        }
        try (InputStream stream = jar.getInputStream(jar.getEntry(entry))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Look {
        void at(JarFile jar);
    }

    private static void forEachJar(String function, Look look) throws IOException {
        Path sources = Path.of("..", function + "-fn", "target", "native-sources");
        assertThat(sources.resolve("native-image.args")).exists();
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".jar")).toList()) {
                try (JarFile jar = new JarFile(file.toFile())) {
                    look.at(jar);
                }
            }
        }
    }
}
