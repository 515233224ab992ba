package io.godwit.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class CommandLineErrorsTest {
    @Test
    void saysWhatWasMeant() {
        assertThat(said("plna", "x")).isEqualTo("no command plna. Did you mean plan?");
        assertThat(said("run", "a.yaml", "--plan-time", "yesterday"))
                .contains("'yesterday' is not a time such as 2026-11-22T02:00:00Z")
                .doesNotContain("Instant");
        assertThat(said("run", "a.yaml", "-p", "t")).contains("NAME=VALUE").doesNotContain("KEY=VALUE");
    }

    @Test
    void versionIsTheBuilds() throws Exception {
        assertThat(Commands.line().getCommandSpec().version())
                .singleElement()
                .satisfies(version -> assertThat(version).matches("godwit \\d+\\.\\d+.*"));
    }

    private static String said(String... words) {
        CommandLine line = Commands.line();
        ParameterException e = catchThrowableOfType(ParameterException.class, () -> line.parseArgs(words));
        return CommandLineErrors.of(e).message();
    }
}
