package io.godwit.connector.opensearch;

import io.godwit.connector.kit.QuarantineContract;
import io.godwit.core.plan.TablePlan;

class OpenSearchQuarantineContractTest extends QuarantineContract {
    OpenSearchQuarantineContractTest() {
        super(new IndexSink());
    }

    /** By a field beside theirs that ends at 127. */
    @Override
    protected void refuseFrom200(TablePlan plan) {
        String database = plan.sink().database();
        OpenSearchServer.cluster(plan.sink())
                .ask(
                        "mapping",
                        "PUT",
                        "/" + Names.inPath(Names.index(Names.alias(database, plan.target()), plan.step()))
                                + "/_mapping",
                        "{\"properties\": {\"small\": {\"type\": \"byte\"}, \"id\": {\"type\": \"long\", \"copy_to\": \"small\"}}}");
    }
}
