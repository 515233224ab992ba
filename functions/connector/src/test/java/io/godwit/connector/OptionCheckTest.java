package io.godwit.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class OptionCheckTest {
    private static final Map<String, Pattern> ALLOWED =
            Map.of("sslMode", Pattern.compile("disable|verify-full"), "sample", Pattern.compile("[0-9]+"));

    private static void check(String name, String value) {
        OptionCheck.check(
                new Connection(
                        "shop", "any", "h", 1, "d", "u", null, Map.of(name, value), Connection.Limits.NONE, List.of()),
                ALLOWED);
    }

    @Test
    void allowedOptionWithItsValuePasses() {
        check("sslMode", "disable");
    }

    @Test
    void unknownOptionIsToldOfTheNearestAndOfAll() {
        GodwitException thrown = catchThrowableOfType(GodwitException.class, () -> check("sslMod", "canary"));

        assertThat(thrown.code()).isEqualTo(ErrorCode.CONNECTION_OPTION_REFUSED);
        assertThat(thrown).hasMessage("connection shop: option sslMod is not allowed");
        assertThat(thrown.remedy()).isEqualTo("Did you mean sslMode? Allowed are sample, sslMode.");
    }

    @Test
    void valueThatDoesNotFitIsNotRepeated() {
        GodwitException thrown = catchThrowableOfType(GodwitException.class, () -> check("sample", "canary"));

        assertThat(thrown).hasMessage("connection shop: option sample does not take this value");
        assertThat(thrown.remedy()).isEqualTo("It takes [0-9]+.").doesNotContain("canary");
    }
}
