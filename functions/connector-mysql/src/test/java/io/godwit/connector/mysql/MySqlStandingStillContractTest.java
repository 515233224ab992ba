package io.godwit.connector.mysql;

import io.godwit.connector.kit.StandingStillContract;

class MySqlStandingStillContractTest extends StandingStillContract {
    MySqlStandingStillContractTest() {
        super(new MySqlTestedSink(MySqlServer.connection("standing_still")));
    }
}
