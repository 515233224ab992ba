package io.godwit.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * OpenSSH's program that serves files, for tests: the machine's own where it has one, else that of Debian's package.
 */
public final class OpenSsh {
    private static final String PROGRAM = "usr/lib/openssh/sftp-server";

    private OpenSsh() {}

    /** The command that speaks SFTP on its standard input and output. */
    public static List<String> sftpServer() {
        Path installed = Path.of("/").resolve(PROGRAM);
        Path program = Files.isExecutable(installed)
                ? installed
                : DebianPackages.unpacked("openssh-sftp-server", "openssh-sftp-server")
                        .resolve(PROGRAM);
        return List.of(program.toString(), "-e", "-l", "ERROR");
    }
}
