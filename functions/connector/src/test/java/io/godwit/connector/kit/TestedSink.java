package io.godwit.connector.kit;

import io.godwit.connector.Sink;
import io.godwit.core.job.Connection;
import io.godwit.core.table.TableName;

/** The sink that a contract is asked of. */
public interface TestedSink {
    /** The sink's connection, as plans name it. Its database outlives the test class's methods. */
    Connection connection();

    /** Opens the sink; each is a session of its own. */
    Sink open();

    /** The name of a table that does not exist yet, in this sink's words. */
    TableName tableName(String name);
}
