package io.godwit.connector.postgresql;

import io.godwit.connector.kit.SourceContract;
import io.godwit.connector.kit.TestedSource;

class PostgresSourceContractTest extends SourceContract {
    private static final TestedSource SOURCE = new PostgresTestedSource(PostgresServer.connection("source_contract"));

    PostgresSourceContractTest() {
        super(SOURCE);
    }

    @Override
    protected int mostColumns() {
        return 1600;
    }
}
