package io.godwit.connector.mysql;

import io.godwit.connector.jdbc.sink.SinkTarget;
import io.godwit.connector.kit.HalfSwappedContract;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.table.TableName;

class MySqlHalfSwappedContractTest extends HalfSwappedContract {
    private static final String DATABASE = "half_swapped";

    MySqlHalfSwappedContractTest() {
        super(new MySqlTestedSink(MySqlServer.connection(DATABASE)));
    }

    @Override
    protected TableName aside(TablePlan plan) {
        return SinkTarget.schemaless(plan).loaded();
    }

    @Override
    protected TableName replaced(TablePlan plan) {
        return SinkTarget.schemaless(plan).replaced();
    }

    @Override
    protected void run(String sql) {
        MySqlServer.run(DATABASE, sql);
    }

    @Override
    protected boolean exists(TableName table) {
        return MySqlServer.one(
                        DATABASE,
                        "SELECT count(*) FROM information_schema.tables WHERE table_schema = database() AND table_name = "
                                + Quoting.literal(table.name()))
                .equals("1");
    }
}
