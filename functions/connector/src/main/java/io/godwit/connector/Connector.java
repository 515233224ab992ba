package io.godwit.connector;

import io.godwit.core.job.Connection;
import io.godwit.core.port.SinkLedgers;
import io.godwit.core.table.SourceType;
import io.godwit.core.table.TargetType;
import io.godwit.core.type.LogicalType;
import java.util.List;
import java.util.Set;

/** A kind of database or file store. Implementations have no state, and stand in {@code META-INF/services}. */
public interface Connector {

    /** The word in a connection's {@code type}: {@code postgresql}. */
    String type();

    /** The port of a connection that names none. */
    int defaultPort();

    /** Names of the options that a connection may carry; whatever loads a class or a file is never among them. */
    Set<String> options();

    /** The types of this kind's databases, and what each is read as. */
    List<SourceType> sourceTypes();

    /**
     * What this kind makes of a type in a table that it creates. Every type has an answer: text, where nothing is
     * nearer.
     *
     * @param inKey whether the column is one of the primary key
     */
    TargetType targetType(LogicalType type, boolean inKey);

    /** The same for one connection, of a kind whose options say what tables are made of. */
    default TargetType targetType(Connection connection, LogicalType type, boolean inKey) {
        return targetType(type, inKey);
    }

    /**
     * Whether its tests run the whole contract kit against a server of this kind; a plan warns of one that is not.
     * Where they do not, what is written here follows the server's documentation.
     */
    default boolean certified() {
        return true;
    }

    /** Whether it has sinks; otherwise {@link #sink} refuses every connection. */
    default boolean isWritable() {
        return true;
    }

    /**
     * Opens a source. The network is dialled at the first use.
     *
     * @throws io.godwit.core.error.GodwitException NOT_SUPPORTED where this kind cannot be read
     */
    Source source(Connection connection, Means means);

    /**
     * Opens a sink. The network is dialled at the first use.
     *
     * @param ledgers for kinds without transactions; others keep their ledger beside their rows
     * @throws io.godwit.core.error.GodwitException NOT_SUPPORTED where this kind cannot be written
     */
    Sink sink(Connection connection, Means means, SinkLedgers ledgers);
}
