package io.godwit.connector;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.job.Connection.Limits;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeansTest {
    @Test
    void whoeverMissesSecretIsToldWhoseItIs() {
        Connection shop =
                new Connection("shop", "memory", null, null, "shop", null, "env:A", Map.of(), Limits.NONE, List.of());
        Means means = Means.of(reference -> {
            throw new GodwitException(
                    ErrorCode.SECRET_NOT_FOUND, "secret " + reference + ": no such variable", "Set A.");
        });

        assertThatThrownBy(() -> means.of(shop).secrets().resolve("env:A"))
                .hasMessage("connection shop: secret env:A: no such variable")
                .isInstanceOf(GodwitException.class);
    }
}
