package io.godwit.connector.file;

import io.godwit.connector.Connector;
import io.godwit.connector.Means;
import io.godwit.connector.Sink;
import io.godwit.connector.Source;
import io.godwit.connector.file.store.DiskStore;
import io.godwit.connector.file.store.FileStore;
import io.godwit.connector.json.DeclaredTypes;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.port.SinkLedgers;
import io.godwit.core.table.SourceType;
import io.godwit.core.table.TargetType;
import io.godwit.core.type.LogicalType;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Files on a disk of the machine that reads or writes; another place of files is a subclass with a store of its own.
 */
public class FileConnector implements Connector {

    @Override
    public String type() {
        return "file";
    }

    @Override
    public int defaultPort() {
        return 0;
    }

    @Override
    public Set<String> options() {
        return FileOptions.NAMES;
    }

    @Override
    public List<SourceType> sourceTypes() {
        return DeclaredTypes.ALL;
    }

    @Override
    public TargetType targetType(LogicalType type, boolean inKey) {
        return new TargetType(type, inKey, type, type.notation(), null);
    }

    @Override
    public Source source(Connection connection, Means means) {
        return new FileSource(connection, store(connection, means));
    }

    @Override
    public Sink sink(Connection connection, Means means, SinkLedgers ledgers) {
        return new FileSink(connection, store(connection, means), ledgers);
    }

    /**
     * The connection's folder, which must lie below the one that the process lends.
     *
     * @throws GodwitException CONNECTION_OPTION_REFUSED, SECRET_NOT_FOUND
     */
    protected FileStore store(Connection connection, Means means) {
        Path folder;
        try {
            folder = means.home().resolve(connection.database()).normalize();
        } catch (InvalidPathException e) {
            throw refused(connection, "is no path", "Name a folder.");
        }
        if (!folder.startsWith(means.files())) {
            throw refused(
                    connection,
                    "lies outside " + means.files(),
                    "Name a folder below it, or let whoever runs the functions change godwit.files.");
        }
        return new DiskStore(folder);
    }

    private static GodwitException refused(Connection connection, String why, String remedy) {
        return new GodwitException(
                ErrorCode.CONNECTION_OPTION_REFUSED,
                "connection " + connection.name() + ": database " + connection.database() + " " + why,
                remedy);
    }
}
