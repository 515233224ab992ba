package io.godwit.e2e.types;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.connector.Connector;
import io.godwit.core.plan.TypeRule;
import io.godwit.core.plan.TypeRule.Verdict;
import io.godwit.core.type.LogicalType.Scalar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** {@code docs/types.md} is what the code does; {@code -Dgodwit.write=true} writes it anew. */
class TypesPageTest {
    private static final Path PAGE = Path.of("..", "docs", "types.md");

    private static List<Connector> connectors() {
        return ServiceLoader.load(Connector.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(Connector::type))
                .toList();
    }

    @Test
    void pageIsWhatTheCodeDoes() throws IOException {
        String text = new TypesPage(connectors()).text();
        if (Boolean.getBoolean("godwit.write")) {
            Files.writeString(PAGE, text);
        }
        assertThat(PAGE).as("write it anew: -Dgodwit.write=true").hasContent(text);
    }

    /**
     * What a sink proposes for a type by itself holds all of its values, but for those that it says it has not. Money
     * has as many decimals as its server's locale: whoever copies it says how many.
     */
    @Test
    void noSinkProposesATypeThatWouldChangeValues() {
        for (Connector source : connectors()) {
            for (Connector sink : connectors()) {
                assertThat(source.sourceTypes())
                        .filteredOn(type -> type.type() != Scalar.MONEY)
                        .allSatisfy(type -> assertThat(TypeRule.LATTICE
                                        .decide(
                                                type.type(),
                                                sink.targetType(type.type(), false)
                                                        .held())
                                        .verdict())
                                .as("%s of %s in %s", type.nativeType(), source.type(), sink.type())
                                .isIn(Verdict.IDENTICAL, Verdict.WIDENING));
            }
        }
    }
}
