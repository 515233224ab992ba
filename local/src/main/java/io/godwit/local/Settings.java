package io.godwit.local;

import io.godwit.local.command.ApiCommand;
import io.godwit.local.command.Needs;
import io.godwit.local.home.Home;

/** What the functions must know of this process, as settings that their configuration reads at start. */
final class Settings {
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
        // What reads and what writes share the cores with both servers, if those are here too.
        String cores = String.valueOf(Math.max(2, Runtime.getRuntime().availableProcessors()));
        setDefault("godwit.planner.window.reads", cores);
        setDefault("godwit.planner.window.writes", cores);
        command.settings().forEach(Settings::setDefault);
    }

    private static void setDefault(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
