package io.godwit.connector.file.sftp;

import io.godwit.connector.Means;
import io.godwit.connector.file.FileConnector;
import io.godwit.connector.file.store.FileStore;
import io.godwit.core.job.Connection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Files on a server: {@code database} is a folder of it, absolute, or below the user's home. */
public final class SftpConnector extends FileConnector {

    @Override
    public String type() {
        return "sftp";
    }

    @Override
    public int defaultPort() {
        return SftpEndpoint.DEFAULT_PORT;
    }

    @Override
    public Set<String> options() {
        return Stream.concat(super.options().stream(), SftpEndpoint.OPTIONS.stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    protected FileStore store(Connection connection, Means means) {
        return new SftpStore(SftpEndpoint.of(connection), means.secrets());
    }
}
