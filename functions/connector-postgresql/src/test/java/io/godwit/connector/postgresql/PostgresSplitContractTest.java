package io.godwit.connector.postgresql;

import io.godwit.connector.kit.SplitContract;
import io.godwit.connector.kit.TestedSource;

class PostgresSplitContractTest extends SplitContract {
    private static final TestedSource SOURCE = new PostgresTestedSource(PostgresServer.connection("split_contract"));

    PostgresSplitContractTest() {
        super(SOURCE);
    }
}
