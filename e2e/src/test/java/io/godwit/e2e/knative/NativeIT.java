package io.godwit.e2e.knative;

import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.BeforeEach;

/**
 * The same with natively compiled functions, where {@code knative/build-images native} has compiled them; else it is
 * skipped, and says so.
 */
class NativeIT extends FourProgramsIT {
    private static final String SKIPPED =
            "NativeIT is skipped: no native executables in */target/native-sources. Compile them"
                    + " with knative/build-images native, which needs GRAALVM_HOME or BUILDER.";

    @BeforeEach
    void compiled() {
        if (!packaging().isBuilt()) {
            System.out.println(SKIPPED);
        }
        assumeThat(packaging().isBuilt()).as(SKIPPED).isTrue();
    }

    @Override
    Packaging packaging() {
        return Packaging.NATIVE;
    }
}
