package io.godwit.e2e.bad;

import static io.godwit.e2e.bad.Bad.connection;

import java.util.List;

/** SQL Server and Oracle, neither of which is there. */
final class BadDialects implements BadKind {
    private static final String DATABASE = "host: 127.0.0.1\nport: 1\ndatabase: shop\nuser: u\nsecret: env:HOME";

    @Override
    public List<Bad> places() {
        return List.of(
                Bad.source(
                        "SQL Server that is not there",
                        connection("sqlserver", DATABASE, "connectTimeout: \"2\""),
                        "SOURCE_UNREACHABLE",
                        "127.0.0.1:1"),
                Bad.source(
                        "option that has SQL Server's driver load a class",
                        connection("sqlserver", DATABASE, "trustManagerClass: io.example.Evil"),
                        "CONNECTION_OPTION_REFUSED",
                        "trustManagerClass"),
                Bad.source(
                        "Oracle that is not there",
                        connection("oracle", DATABASE, "connectTimeout: \"2\""),
                        "SOURCE_UNREACHABLE",
                        "127.0.0.1:1"),
                Bad.source(
                        "option that has Oracle's driver read a folder",
                        connection("oracle", DATABASE, "\"oracle.net.tns_admin\": /tmp"),
                        "CONNECTION_OPTION_REFUSED",
                        "oracle.net.tns_admin"));
    }
}
