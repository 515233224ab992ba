package io.godwit.connector.mongodb;

import io.godwit.connector.Sink;
import io.godwit.connector.kit.BrokenPublishingContract;
import io.godwit.core.job.Connection;
import io.godwit.core.run.StepId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class MongoBrokenPublishingContractTest extends BrokenPublishingContract {
    private static final CollectionSink SINK = new CollectionSink();

    private final List<CuttingProxy> proxies = new ArrayList<>();

    MongoBrokenPublishingContractTest() {
        super(SINK);
    }

    /** Commands are cut off before the server has them, and after it has done what they say. */
    @Override
    protected Sink breaking(int operation) {
        CuttingProxy proxy = new CuttingProxy(MongoTestServer.port(), operation);
        proxies.add(proxy);
        Connection direct = SINK.connection();
        return Collections.sink(new Connection(
                direct.name(),
                direct.type(),
                direct.host(),
                proxy.port(),
                direct.database(),
                direct.user(),
                direct.secret(),
                direct.options(),
                direct.limits(),
                direct.pools()));
    }

    @Override
    protected void lose(StepId step) {
        SINK.collections().dropAll(Staging.prefix(step));
    }

    @AfterEach
    void closeProxies() {
        proxies.forEach(CuttingProxy::close);
    }

    @Override
    protected List<String> litter() {
        return SINK.collections().names().stream()
                .filter(name -> name.startsWith(MongoSession.OWN) && !name.equals(Schemas.COLLECTION))
                .toList();
    }
}
