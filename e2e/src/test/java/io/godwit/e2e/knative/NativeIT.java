package io.godwit.e2e.knative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The functions compiled natively, in the scenario of {@link FourProgramsIT}, wherever there is a native builder. */
class NativeIT {
    private static final int NO_BUILDER = 2;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @Test
    void databaseIsMovedByExecutables() throws Exception {
        Process compilation = new ProcessBuilder("../knative/compile-native", "planner", "reader", "writer", "ops")
                .redirectErrorStream(true)
                .start();
        String said = new String(compilation.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exitCode = compilation.waitFor();
        if (exitCode == NO_BUILDER) {
            // Maven only counts what is skipped.
            System.out.println("NativeIT is skipped: " + said.strip());
        }
        assumeTrue(exitCode != NO_BUILDER, said.strip());
        assertThat(exitCode).as(said).isZero();

        FourProgramsIT.moveDatabase(Packaging.NATIVE, folder);
    }
}
