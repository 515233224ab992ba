package io.godwit.embedded;

import java.io.IOException;
import java.nio.file.Path;

/** Starts a server, prints its process number and its directory, and waits for the end of its standard input. */
final class LoneServers {

    private LoneServers() {}

    /** @param args the kind of server, and its directory, or an empty text for a temporary one */
    public static void main(String[] args) throws IOException {
        EmbeddedServer server = start(args[0], args[1]);
        System.out.println(server.pid());
        System.out.println(server.directory());
        System.in.transferTo(System.out);
    }

    private static EmbeddedServer start(String kind, String directory) {
        if (kind.equals("kafka")) {
            EmbeddedKafka.Builder builder = EmbeddedKafka.builder();
            return (directory.isEmpty() ? builder : builder.directory(Path.of(directory))).start();
        }
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder().fsync(false);
        return (directory.isEmpty() ? builder : builder.directory(Path.of(directory))).start();
    }
}
