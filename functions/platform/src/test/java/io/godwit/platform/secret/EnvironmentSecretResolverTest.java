package io.godwit.platform.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentSecretResolverTest {
    private static EnvironmentSecretResolver resolver(Path folder) {
        return new EnvironmentSecretResolver(name -> name.equals("SHOP_PASSWORD") ? "correct horse" : null, folder);
    }

    @Test
    void findsVariablesFilesAndMountedKeys(@TempDir Path folder) throws Exception {
        Files.createDirectories(folder.resolve("shop"));
        Files.writeString(folder.resolve("shop/password"), "battery\n");

        assertThat(resolver(folder).resolve("env:SHOP_PASSWORD")).isEqualTo("correct horse");
        assertThat(resolver(folder).resolve("file:" + folder.resolve("shop/password")))
                .isEqualTo("battery");
        assertThat(resolver(folder).resolve("kubernetes:shop/password")).isEqualTo("battery");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "env:MISSING",
                "file:/no/such/file",
                "kubernetes:shop/../../etc/passwd",
                "kubernetes:../x",
                "kubernetes:shop/missing"
            })
    void whatPointsNowhereIsNamed(String reference, @TempDir Path folder) {
        assertThatThrownBy(() -> resolver(folder).resolve(reference))
                .isInstanceOfSatisfying(
                        GodwitException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SECRET_NOT_FOUND))
                .hasMessageContaining(reference);
    }

    @Test
    void aSecretGivenInPlaceOfAReferenceIsNotRepeated(@TempDir Path folder) {
        assertThatThrownBy(() -> resolver(folder).resolve("hunter2"))
                .isInstanceOf(GodwitException.class)
                .hasMessageNotContaining("hunter2");
    }
}
