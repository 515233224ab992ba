package io.godwit.connector.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.Side;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.type.LogicalType.Scalar;
import java.util.List;
import org.junit.jupiter.api.Test;

class MySqlSelectTest {
    private static final int ROWS = 100_000;
    private static final int ROW_BYTES = 1000;

    private final Connection connection = MySqlServer.connection("select");

    private static long bytesSent() {
        return Long.parseLong(MySqlServer.one(
                "select",
                "SELECT variable_value FROM information_schema.global_status WHERE variable_name = 'BYTES_SENT'"));
    }

    /** 100 MB, of which what lies in buffers is sent and no more. */
    @Test
    void rowsBehindTheOneThatEndsTheReadingAreNotFetched() throws Exception {
        MySqlSelect select =
                new MySqlSelect(List.of(new MySqlSelect.Selected("v", Scalar.TEXT)), Long.MAX_VALUE, false);
        String from = "FROM (SELECT repeat('x', " + ROW_BYTES + ") AS v FROM seq_1_to_" + ROWS + ") d";
        try (JdbcSession session = MySqlSessions.open(connection, MySqlServer.secrets(), Side.SOURCE)) {
            long before = bytesSent();

            assertThatThrownBy(() -> select.read(
                            session,
                            from,
                            (tuple, length, bytes) -> new GodwitException(ErrorCode.DEFECT, "too large", ""),
                            (tuple, offset, length) -> {
                                throw new IllegalStateException("enough");
                            }))
                    .hasMessage("enough");

            assertThat(session.isClosed()).isTrue();
            assertThat(bytesSent() - before).isLessThan((long) ROWS * ROW_BYTES / 2);
        }
    }
}
