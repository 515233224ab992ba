package io.godwit.e2e.bad;

import io.godwit.e2e.harness.MariaDb;
import io.godwit.e2e.harness.Servers;
import java.util.List;

/** MariaDB. */
final class BadMariaDb implements BadKind {
    private final Servers servers;

    BadMariaDb(Servers servers) throws Exception {
        this.servers = servers;
        MariaDb.create(servers.mariaDb(), "shop", "create table orders (id int primary key, n int)");
    }

    @Override
    public List<Bad> places() {
        return List.of(
                Bad.source(
                        "wrong password of MariaDB",
                        mariaDb("").replaceFirst("secret: .*", "secret: env:HOME"),
                        "SOURCE_LOGIN_REFUSED",
                        "bad"),
                Bad.source(
                        "MariaDB that is not there",
                        mariaDb("").replaceFirst("port: .*", "port: 1"),
                        "SOURCE_UNREACHABLE",
                        "127.0.0.1"),
                Bad.source(
                        "option that has the driver read a file",
                        mariaDb("options: { allowLocalInfile: \"true\" }\n"),
                        "CONNECTION_OPTION_REFUSED",
                        "allowLocalInfile"));
    }

    private String mariaDb(String more) {
        return servers.mariaDbDocument("bad", "shop").replace("---\n", more + "---\n");
    }
}
