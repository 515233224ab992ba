package io.godwit.connector.kit;

import io.godwit.connector.Sink;
import io.godwit.core.job.Connection;
import io.godwit.core.job.WriteMode;
import io.godwit.core.table.TableName;
import java.util.EnumSet;
import java.util.Set;

/** The sink that a contract is asked of. */
public interface TestedSink {
    /** The sink's connection, as plans name it. Its database outlives the test class's methods. */
    Connection connection();

    /** Opens the sink; each is a session of its own. */
    Sink open();

    /** The modes that it has; the others it refuses when a step is prepared. */
    default Set<WriteMode> modes() {
        return EnumSet.allOf(WriteMode.class);
    }

    /** Whether it adds columns to a table that has rows; else it refuses a step that would. */
    default boolean addsColumns() {
        return true;
    }

    /** The name of a table that does not exist yet, in this sink's words. */
    TableName tableName(String name);
}
