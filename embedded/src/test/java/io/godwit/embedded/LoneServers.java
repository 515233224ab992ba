package io.godwit.embedded;

import java.io.IOException;
import java.nio.file.Path;

/** Starts a server, prints its process number and its directory, and waits for the end of its standard input. */
final class LoneServers {

    private LoneServers() {}

    /** @param args the kind of server, and its directory, or an empty text for a temporary one */
    public static void main(String[] args) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder().fsync(false);
        EmbeddedPostgres server = (args[1].isEmpty() ? builder : builder.directory(Path.of(args[1]))).start();
        System.out.println(server.pid());
        System.out.println(server.directory());
        System.in.transferTo(System.out);
    }
}
