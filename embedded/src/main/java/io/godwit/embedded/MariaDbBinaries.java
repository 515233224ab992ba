package io.godwit.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** MariaDB's programs: the machine's own where it has them, else those of Debian's packages, unpacked. */
final class MariaDbBinaries {
    private static final List<Path> INSTALLED = List.of(Path.of("/usr"), Path.of("/usr/local"));

    private final Path usr;
    private final boolean unpacked;

    private MariaDbBinaries(Path usr, boolean unpacked) {
        this.usr = usr;
        this.unpacked = unpacked;
    }

    /**
     * Finds them, or fetches and unpacks them.
     *
     * @throws IllegalStateException if there are none, and none can be had
     */
    static MariaDbBinaries found() {
        return INSTALLED.stream()
                .filter(root -> Files.isExecutable(root.resolve("sbin/mariadbd")))
                .findFirst()
                .map(root -> new MariaDbBinaries(root, false))
                .orElseGet(() -> new MariaDbBinaries(
                        DebianPackages.unpacked("mariadb-server", "mariadb-server-core", "mariadb-client-core")
                                .resolve("usr"),
                        true));
    }

    Path usr() {
        return usr;
    }

    /** The server, to be followed by its options. */
    List<String> server() {
        return command("sbin/mariadbd");
    }

    /** What makes a server's files. */
    List<String> install() {
        return command("bin/mariadb-install-db");
    }

    /** The client, for a benchmark's pipe. */
    List<String> client() {
        return command("bin/mariadb");
    }

    private List<String> command(String program) {
        List<String> own = List.of(usr.resolve(program).toString());
        String libraries = usr.resolve("lib/x86_64-linux-gnu") + ":" + usr.resolveSibling("lib/x86_64-linux-gnu");
        return unpacked
                ? Stream.concat(Stream.of("env", "LD_LIBRARY_PATH=" + libraries), own.stream())
                        .toList()
                : own;
    }
}
