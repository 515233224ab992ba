package io.godwit.connector.sqlite;

import io.godwit.connector.kit.StandingStillContract;

class SqliteStandingStillContractTest extends StandingStillContract {
    SqliteStandingStillContractTest() {
        super(new SqliteTestedSink(TestFiles.empty("standing_still")));
    }
}
