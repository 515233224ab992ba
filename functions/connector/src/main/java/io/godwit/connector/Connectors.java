package io.godwit.connector;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The connectors on the class path. */
public final class Connectors {
    private final Map<String, Connector> byType;

    private Connectors(Map<String, Connector> byType) {
        this.byType = Collections.unmodifiableMap(byType);
    }

    /** All that ServiceLoader finds. */
    public static Connectors load() {
        Map<String, Connector> byType = new TreeMap<>();
        for (Connector connector : ServiceLoader.load(Connector.class, Connector.class.getClassLoader())) {
            byType.put(connector.type(), connector);
        }
        return new Connectors(byType);
    }

    /** Their types, in order. */
    public List<String> types() {
        return new ArrayList<>(byType.keySet());
    }

    /**
     * What a reader of a plan should know of the kind of a connection.
     *
     * @throws GodwitException CONNECTOR_UNKNOWN or CONNECTION_OPTION_REFUSED
     */
    public List<String> notesOn(Connection connection) {
        return of(connection).certified()
                ? List.of()
                : List.of("connection " + connection.name() + ": connector " + connection.type()
                        + " is not certified: no test runs against such a server");
    }

    /**
     * The connector of a connection, whose options it has checked.
     *
     * @throws GodwitException CONNECTOR_UNKNOWN or CONNECTION_OPTION_REFUSED
     */
    public Connector of(Connection connection) {
        Connector connector = byType.get(connection.type());
        if (connector == null) {
            throw new GodwitException(
                    ErrorCode.CONNECTOR_UNKNOWN,
                    "connection " + connection.name() + ": no connector of type " + connection.type(),
                    "Use one of " + String.join(", ", byType.keySet()) + ".");
        }
        for (String option : new java.util.TreeSet<>(connection.options().keySet())) {
            if (!connector.options().contains(option)) {
                throw new GodwitException(
                        ErrorCode.CONNECTION_OPTION_REFUSED,
                        "connection " + connection.name() + ": option " + option + " is not allowed for "
                                + connection.type(),
                        "Allowed are " + String.join(", ", new java.util.TreeSet<>(connector.options())) + ".");
            }
        }
        return connector;
    }
}
