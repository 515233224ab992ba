package io.godwit.connector.http;

import io.godwit.connector.kit.SourceContract;
import org.junit.jupiter.api.AfterAll;

class HttpSourceContractTest extends SourceContract {
    private static final RestSource TESTED = new RestSource();

    HttpSourceContractTest() {
        super(TESTED);
    }

    @AfterAll
    static void stop() {
        TESTED.server().close();
    }

    @Override
    protected int mostColumns() {
        return 1600;
    }

    @Override
    protected boolean holdsSnapshots() {
        return false;
    }
}
