package io.godwit.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EmbeddedMariaDbTest {

    @Test
    void serverIsKilledStartedAgainAndLeavesNothingBehind() {
        Path home;
        ProcessHandle process;
        try (EmbeddedMariaDb server = EmbeddedMariaDb.start(false)) {
            home = server.directory();
            int port = server.port();
            server.kill();
            assertThat(server.isRunning()).isFalse();
            server.start();
            assertThat(server.port()).isEqualTo(port);
            process = ProcessHandle.of(server.pid()).orElseThrow();
        }
        assertThat(Signals.isRunning(process)).isFalse();
        assertThat(home).doesNotExist();
    }
}
