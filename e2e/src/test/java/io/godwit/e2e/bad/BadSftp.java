package io.godwit.e2e.bad;

import static io.godwit.e2e.bad.Bad.connection;

import java.util.List;

/** Servers of files. */
final class BadSftp implements BadKind {
    private static final String HOST_KEY = "SHA256:0123456789012345678901234567890123456789012";

    @Override
    public List<Bad> places() {
        return List.of(
                Bad.source(
                        "server of files without its key",
                        connection("sftp", "host: 127.0.0.1\nport: 1\ndatabase: /in\nuser: u\nsecret: env:HOME", ""),
                        "CONNECTION_OPTION_REFUSED",
                        "hostKey",
                        "ssh-keyscan"),
                Bad.source(
                        "server of files that is not there",
                        connection(
                                "sftp",
                                "host: 127.0.0.1\nport: 1\ndatabase: /in\nuser: u\nsecret: env:HOME",
                                "hostKey: \"" + HOST_KEY + "\""),
                        "SOURCE_UNREACHABLE",
                        "127.0.0.1"));
    }
}
