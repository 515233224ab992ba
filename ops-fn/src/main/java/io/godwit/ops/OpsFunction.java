package io.godwit.ops;

import io.godwit.core.event.Event.RunRecorded;
import io.godwit.ops.store.History;
import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** One event in, one effect: a fact is folded into history. */
public class OpsFunction {
    private final DataSource store;
    private final History history;

    @Inject
    OpsFunction(DataSource store, History history) {
        this.store = store;
        this.history = history;
    }

    /** Takes a fact, once however often it comes. */
    @Funq("fold")
    @CloudEventMapping(trigger = "io.godwit.run.recorded")
    public void fold(RunRecorded event) throws SQLException {
        try (Connection connection = store.getConnection()) {
            connection.setAutoCommit(false);
            history.fold(connection, event);
            connection.commit();
        }
    }
}
