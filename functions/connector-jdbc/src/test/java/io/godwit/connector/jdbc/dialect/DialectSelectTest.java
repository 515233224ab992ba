package io.godwit.connector.jdbc.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.Side;
import io.godwit.connector.jdbc.dialect.Values.Field;
import io.godwit.core.type.LogicalType.Scalar;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DialectSelectTest {
    private static final List<Class<?>> SPIED = List.of(Connection.class, PreparedStatement.class, ResultSet.class);

    private final List<String> ends = new ArrayList<>();

    /** Drivers there are that read to the end when rows are closed. */
    @Test
    void sessionIsAbortedBeforeTheRowsThatAreLeftAreClosed() throws Exception {
        PlainDialect dialect = new PlainDialect(true);
        Connection jdbc = dialect.connect(PlainServer.connection("dialect_select"), PlainServer.secrets(), Side.SOURCE);
        DialectSelect select = new DialectSelect(dialect, List.of(new Field("v", Scalar.INT8, "int8")), Long.MAX_VALUE);
        try (JdbcSession session = new JdbcSession((Connection) spied(Connection.class, jdbc))) {
            assertThatThrownBy(() -> select.read(
                            session,
                            "FROM (SELECT generate_series(1, 1000)::int8 AS v) d",
                            (tuple, length, bytes) -> {},
                            (tuple, offset, length) -> {
                                throw new IllegalStateException("enough");
                            }))
                    .hasMessage("enough");
        }

        assertThat(ends).startsWith("Connection.abort", "ResultSet.close");
    }

    /** Notes what ends it, and spies on what it answers. */
    private Object spied(Class<?> type, Object spied) {
        return Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("abort") || method.getName().equals("close")) {
                        ends.add(type.getSimpleName() + "." + method.getName());
                    }
                    Object answer;
                    try {
                        answer = method.invoke(spied, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    return answer != null && SPIED.contains(method.getReturnType())
                            ? spied(method.getReturnType(), answer)
                            : answer;
                });
    }
}
