package io.godwit.ops.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The OpenAPI document is made from the code, and the one in {@code schemas/api} is that document. After a change:
 * {@code mvn -pl ops-fn -am test -Dtest=OpenApiTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dgodwit.openapi.write=true}.
 */
class OpenApiTest {
    private static final Path KEPT = Path.of("..", "schemas", "api", "openapi.yaml");

    @Test
    void documentIsThatOfTheCode() throws IOException {
        String made = OpenApiDocument.text();
        if (Boolean.getBoolean("godwit.openapi.write")) {
            Files.createDirectories(KEPT.getParent());
            Files.writeString(KEPT, made);
        }

        assertThat(KEPT).content().as("write it anew: see OpenApiTest").isEqualTo(made);
    }
}
