package io.godwit.connector.jdbc.dialect;

import io.godwit.connector.jdbc.sink.SinkTarget;
import io.godwit.connector.kit.HalfSwappedContract;
import io.godwit.core.job.Connection;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.table.TableName;
import java.sql.SQLException;

class DialectHalfSwappedContractTest extends HalfSwappedContract {
    private static final Connection CONNECTION = PlainServer.connection("dialect_half_swapped");

    DialectHalfSwappedContractTest() {
        super(new PlainServer.Target(CONNECTION, false));
    }

    @Override
    protected TableName aside(TablePlan plan) {
        return SinkTarget.of(plan).loaded();
    }

    @Override
    protected TableName replaced(TablePlan plan) {
        return SinkTarget.of(plan).replaced();
    }

    @Override
    protected void run(String sql) {
        try {
            PlainServer.run(CONNECTION.database(), "SET search_path = kit, public", sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected boolean exists(TableName table) {
        try {
            PlainServer.run(CONNECTION.database(), "SELECT 1 FROM " + table.display() + " LIMIT 0");
            return true;
        } catch (SQLException e) {
            return false;
        }
    }
}
