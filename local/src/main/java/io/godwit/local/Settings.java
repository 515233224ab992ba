package io.godwit.local;

import io.godwit.local.command.ApiCommand;
import io.godwit.local.command.Needs;
import io.godwit.local.home.Home;
import io.godwit.platform.secret.EnvironmentSecretResolver;

/** What the functions must know of this process, as settings that their configuration reads at start. */
final class Settings {
    /** Bytes; a reader refuses a larger row. Functions of a cluster, which hold less at once, allow twice that. */
    private static final int LARGEST_ROW = 32 << 20;

    private Settings() {}

    static void set(Home home, Home.Server server, Services services, ApiCommand command) {
        String url = server.url().toString();
        System.setProperty("quarkus.http.host", server.url().getHost());
        System.setProperty("quarkus.http.port", String.valueOf(server.url().getPort()));
        System.setProperty("quarkus.log.file.path", home.folder("godwit.log").toString());
        System.setProperty("quarkus.datasource.jdbc.url", services.controlStoreUrl());
        System.setProperty("quarkus.datasource.credentials-provider", "control-store");
        System.setProperty("kafka.bootstrap.servers", services.bootstrapServers());
        System.setProperty("godwit.token", server.token());
        System.setProperty("godwit.local.url", url);
        System.setProperty("godwit.ops.planner-url", url);
        System.setProperty("godwit.broker.url", url + "/broker");
        System.setProperty("godwit.pools.default.reader-url", url);
        System.setProperty("godwit.pools.default.writer-url", url);
        // A command that only asks must not set a run going that somebody else began.
        System.setProperty("godwit.planner.tick.every", command.needs() == Needs.EVERYTHING ? "1s" : "off");
        setDefault(
                EnvironmentSecretResolver.WHERE,
                command.isServer()
                        ? "in the shell of godwit up, and start that anew."
                        : "in the shell of godwit, and run it again.");
        setDefault("godwit.planner.planning.row-bytes", String.valueOf(LARGEST_ROW));
        String most = String.valueOf(atOnce());
        setDefault("godwit.planner.window.reads", most);
        setDefault("godwit.planner.window.writes", most);
        command.settings().forEach(Settings::setDefault);
    }

    /**
     * Reads, and writes, at once: as many as there are cores, which they share with both servers if those are here too,
     * and as the heap has room for, if every row were as large as it may be. A write holds such a row up to three times
     * while it is put together, a read once.
     */
    private static int atOnce() {
        long room = Runtime.getRuntime().maxMemory() / (4L * LARGEST_ROW);
        return (int) Math.max(2, Math.min(Runtime.getRuntime().availableProcessors(), room));
    }

    private static void setDefault(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
