package io.godwit.connector.kit;

import io.godwit.connector.Source;
import io.godwit.core.job.Connection;
import io.godwit.core.table.TableName;

/** The source that a contract is asked of. */
public interface TestedSource {
    /** The source's connection. Its database outlives the test class's methods. */
    Connection connection();

    /** Opens a source on this connection, with a resolver for its secret. */
    Source open(Connection connection);

    /** The name of a table that does not exist yet, in this source's words. */
    TableName tableName(String name);

    /** Whether it has keys, conditions in its own language, and the largest value of a column. */
    default boolean isDatabase() {
        return true;
    }

    /** Whether it finds its tables itself; otherwise its connection names them. */
    default boolean listsTables() {
        return true;
    }

    /** What a refusal says of a row by which to find it: its key, where there are keys. */
    default String found(int row, String key) {
        return key;
    }

    void create(SampleTable sample);

    /** Adds rows to a table that {@link #create} made. */
    void insert(SampleTable sample);
}
