package io.godwit.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.core.error.ErrorCode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What a native image must know of this module: the types that travel as JSON, and the questions that are asked through
 * proxies. The files are generated; {@code -Dgodwit.write=true} writes them anew.
 */
class NativeConfigurationTest {
    private static final Path FILES =
            Path.of("src", "main", "resources", "META-INF", "native-image", "io.godwit", "godwit-core");

    /** What no event, question or document holds. */
    private static final List<String> NOT_JSON = List.of(
            "io.godwit.core.expression.", "io.godwit.core.ledger.", "io.godwit.core.port.", "io.godwit.core.row.");

    @Test
    void everyTypeThatTravelsAsJsonIsRegistered() throws Exception {
        String entries = types().filter(
                        type -> type.isRecord() || type.isEnum() || type.isSealed() || isQuestions(type))
                .filter(type -> NOT_JSON.stream().noneMatch(type.getName()::startsWith))
                .map(type -> """
                          {
                            "name": "%s",
                            "allDeclaredConstructors": true,
                            "allDeclaredMethods": true,
                            "allDeclaredFields": true%s
                          }""".formatted(type.getName(), type.isRecord() ? ",\n  \"allRecordComponents\": true" : ""))
                .collect(Collectors.joining(",\n", "[\n", "\n]\n"));

        assertHolds("reflect-config.json", entries);
    }

    @Test
    void everyInterfaceOfQuestionsHasItsProxy() throws Exception {
        String entries = types().filter(NativeConfigurationTest::isQuestions)
                .map(type -> "  [\"" + type.getName() + "\"]")
                .collect(Collectors.joining(",\n", "[\n", "\n]\n"));

        assertHolds("proxy-config.json", entries);
    }

    private static boolean isQuestions(Class<?> type) {
        return type.isInterface() && type.getName().matches("io\\.godwit\\.core\\.question\\.[A-Za-z]+Questions");
    }

    private static Stream<Class<?>> types() throws IOException, URISyntaxException {
        Path classes = Path.of(ErrorCode.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(classes)) {
            return files
                    .map(file -> classes.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && !file.endsWith("package-info.class"))
                    .map(file -> file.substring(0, file.length() - ".class".length())
                            .replace(java.io.File.separatorChar, '.'))
                    .sorted()
                    .<Class<?>>map(NativeConfigurationTest::load)
                    .toList()
                    .stream();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, NativeConfigurationTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertHolds(String name, String wanted) throws IOException {
        Path file = FILES.resolve(name);
        if (Boolean.getBoolean("godwit.write")) {
            Files.createDirectories(FILES);
            Files.writeString(file, wanted);
        }
        assertThat(Files.readString(file))
                .as("%s is not what the code has become: run this test with -Dgodwit.write=true", file)
                .isEqualTo(wanted);
    }
}
