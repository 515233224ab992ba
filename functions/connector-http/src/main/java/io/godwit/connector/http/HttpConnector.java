package io.godwit.connector.http;

import io.godwit.connector.Connector;
import io.godwit.connector.Means;
import io.godwit.connector.Sink;
import io.godwit.connector.Source;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.port.SinkLedgers;
import io.godwit.core.table.SourceType;
import io.godwit.core.table.TargetType;
import io.godwit.core.type.LogicalType;
import java.util.List;
import java.util.Set;

/** Resources of a REST interface, to be read. */
public final class HttpConnector implements Connector {

    @Override
    public String type() {
        return "http";
    }

    @Override
    public int defaultPort() {
        return 443;
    }

    @Override
    public Set<String> options() {
        return HttpOptions.NAMES;
    }

    @Override
    public List<SourceType> sourceTypes() {
        return HttpTypes.SOURCE;
    }

    @Override
    public boolean isWritable() {
        return false;
    }

    /** Of a kind that is not written: itself. */
    @Override
    public TargetType targetType(LogicalType type, boolean inKey) {
        return new TargetType(type, inKey, type, type.notation(), null);
    }

    @Override
    public Source source(Connection connection, Means means) {
        return new HttpSource(connection, HttpOptions.of(connection), Endpoint.of(connection, means.secrets()));
    }

    @Override
    public Sink sink(Connection connection, Means means, SinkLedgers ledgers) {
        throw new GodwitException(
                ErrorCode.NOT_SUPPORTED,
                "connection " + connection.name() + ": type http can be read, not written",
                "Write into a database or files, and let the interface's owner load from there.");
    }
}
