package io.godwit.core.plan;

import io.godwit.core.job.Connection;
import io.godwit.core.table.TableName;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a table is, whatever its connection is called: two connections may lead to one place. */
record Endpoint(String host, int port, @Nullable String database) {
    /** As registered with IANA. */
    private static final Map<String, Integer> PORTS = Map.of(
            "postgresql",
            5432,
            "mysql",
            3306,
            "mariadb",
            3306,
            "sqlserver",
            1433,
            "oracle",
            1521,
            "kafka",
            9092,
            "mongodb",
            27017);

    static Endpoint of(Connection connection, TableName table) {
        String host = connection.host();
        Integer port = connection.port() == null ? PORTS.get(connection.type()) : connection.port();
        return new Endpoint(
                host == null ? connection.type() : host(host),
                port == null ? 0 : port,
                table.database() == null ? connection.database() : table.database());
    }

    private static String host(String name) {
        String host = name.toLowerCase(Locale.ROOT);
        host = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        boolean own = host.equals("localhost")
                || host.startsWith("127.")
                || host.equals("::1")
                || host.equals("0:0:0:0:0:0:0:1")
                || host.equals("0.0.0.0")
                || host.endsWith(".localhost");
        return own ? "localhost" : host;
    }
}
