package io.godwit.connector.oracle;

import io.godwit.connector.Connector;
import io.godwit.connector.Means;
import io.godwit.connector.Sink;
import io.godwit.connector.Source;
import io.godwit.connector.jdbc.dialect.DialectSink;
import io.godwit.connector.jdbc.dialect.DialectSource;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.port.SinkLedgers;
import io.godwit.core.table.SourceType;
import io.godwit.core.table.TargetType;
import io.godwit.core.type.LogicalType;
import java.util.List;
import java.util.Set;

/** Oracle: source and sink, not certified. Its driver, whose licence is Oracle's own, may be left out of an image. */
public final class OracleConnector implements Connector {

    @Override
    public String type() {
        return "oracle";
    }

    @Override
    public int defaultPort() {
        return OracleDialect.DEFAULT_PORT;
    }

    @Override
    public Set<String> options() {
        return OracleOptions.NAMES;
    }

    @Override
    public List<SourceType> sourceTypes() {
        return OracleSourceTypes.ALL;
    }

    @Override
    public TargetType targetType(LogicalType type, boolean inKey) {
        return OracleTargetTypes.of(type, inKey);
    }

    @Override
    public boolean certified() {
        return false;
    }

    @Override
    public Source source(Connection connection, Means means) {
        requireDriver();
        return new DialectSource(OracleDialect.of(connection), connection, means.secrets());
    }

    @Override
    public Sink sink(Connection connection, Means means, SinkLedgers ledgers) {
        requireDriver();
        return new DialectSink(OracleDialect.of(connection), connection, means.secrets());
    }

    private static void requireDriver() {
        try {
            Class.forName("oracle.jdbc.OracleDriver", false, OracleConnector.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new GodwitException(
                    ErrorCode.NOT_SUPPORTED,
                    "Oracle's driver is not on the class path",
                    "Put ojdbc11 beside the other libraries of the reader and the writer.",
                    e);
        }
    }
}
