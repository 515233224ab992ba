package io.godwit.connector.file.s3;

import io.godwit.connector.Means;
import io.godwit.connector.file.FileConnector;
import io.godwit.connector.file.store.FileStore;
import io.godwit.core.job.Connection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Files in a bucket: {@code database} is the bucket's name, or {@code bucket/folder/below}. */
public final class S3Connector extends FileConnector {

    @Override
    public String type() {
        return "s3";
    }

    @Override
    public int defaultPort() {
        return S3Endpoint.DEFAULT_PORT;
    }

    @Override
    public Set<String> options() {
        return Stream.concat(super.options().stream(), S3Endpoint.OPTIONS.stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    protected FileStore store(Connection connection, Means means) {
        S3Endpoint endpoint = S3Endpoint.of(connection);
        return new S3Store(endpoint.client(means.secrets()), endpoint.server(), endpoint.bucket(), endpoint.folder());
    }
}
