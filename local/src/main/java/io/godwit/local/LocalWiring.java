package io.godwit.local;

import io.godwit.core.port.Probe;
import io.godwit.local.broker.Distortion;
import io.godwit.local.broker.InProcessBroker;
import io.godwit.local.broker.Subscriber;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What stands in for Knative here: the broker and its four triggers, all to this process. */
@Dependent
class LocalWiring {

    @Produces
    @Singleton
    InProcessBroker broker(
            @ConfigProperty(name = "godwit.local.url") URI self,
            @ConfigProperty(name = "godwit.token") String token,
            @ConfigProperty(name = "godwit.local.deadline") Duration deadline,
            @ConfigProperty(name = "godwit.local.readers") int readers,
            @ConfigProperty(name = "godwit.local.writers") int writers,
            @ConfigProperty(name = "godwit.local.event-faults") String eventFaults) {
        return new InProcessBroker(
                List.of(
                        new Subscriber("planner", self, 4, deadline),
                        new Subscriber("reader", self, readers, deadline),
                        new Subscriber("writer", self, writers, deadline),
                        // One at a time: facts of one run would only wait for one another's row.
                        new Subscriber("ops", self, 1, deadline)),
                self.resolve("/dead-letters"),
                token,
                new Distortion(eventFaults));
    }

    @Produces
    @Singleton
    Probe probe(@ConfigProperty(name = "godwit.local.interruptions") String interruptions) {
        return new Interruptions(interruptions);
    }

    void close(@Disposes InProcessBroker broker) {
        broker.close();
    }
}
