package io.godwit.connector.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.connector.Connectors;
import io.godwit.core.job.Connection;
import io.godwit.core.job.Connection.Limits;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CertifiedTest {
    private final Connectors connectors = Connectors.load();

    @Test
    void onlyTheServerThatNoTestRunsAgainstIsWarnedOf() {
        assertThat(connectors.notesOn(connection("mariadb"))).isEmpty();
        assertThat(connectors.notesOn(connection("mysql")))
                .containsExactly(
                        "connection shop: connector mysql is not certified: no test runs against such a server");
    }

    private static Connection connection(String type) {
        return new Connection(
                "shop", type, "localhost", 3306, "shop", "reader", null, Map.of(), Limits.NONE, List.of());
    }
}
