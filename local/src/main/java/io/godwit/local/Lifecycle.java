package io.godwit.local;

import com.fasterxml.jackson.core.type.TypeReference;
import io.godwit.core.error.GodwitException;
import io.godwit.core.question.PlannerQuestions.Started;
import io.godwit.core.run.RunState;
import io.godwit.local.broker.InProcessBroker;
import io.godwit.local.command.Api;
import io.godwit.local.command.ApiCommand;
import io.godwit.local.command.Needs;
import io.godwit.local.command.Session;
import io.godwit.ops.RunView;
import io.godwit.planner.wiring.PlannerWiring;
import io.godwit.platform.store.ControlStore;
import io.quarkus.scheduler.Scheduler;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** What happens between the start of the system and a command's first question, and between its last and the end. */
@Singleton
class Lifecycle {
    private static final Logger LOG = Logger.getLogger(Lifecycle.class);

    private static final Duration PAUSE = Duration.ofMillis(500);

    /** An event that nobody takes is sent again for longer than anybody should wait for it. */
    private static final Duration HEARING = Duration.ofSeconds(5);

    private final DataSource store;
    private final PlannerWiring planner;
    private final InProcessBroker broker;
    private final Scheduler scheduler;

    @Inject
    Lifecycle(DataSource store, PlannerWiring planner, InProcessBroker broker, Scheduler scheduler) {
        this.store = store;
        this.planner = planner;
        this.broker = broker;
        this.scheduler = scheduler;
    }

    /**
     * Makes the system ready. Nobody else lives here, so every lease of an earlier process is over. Runs that it left
     * unfinished go on under {@code up}; another command sets going only what it was asked for, and pauses the rest.
     */
    void begin(Services services, ApiCommand command, Session session) {
        services.await();
        ControlStore.migrate(store);
        scheduler.resume(); // halted until there is something to look into
        if (services.hasExchange()) {
            planner.recoverLeases();
            if (!command.isServer()) {
                pauseUnfinished(session);
            }
        }
    }

    private static void pauseUnfinished(Session session) {
        for (RunView run : going(session)) {
            try {
                session.api().post("/runs/" + Api.word(run.run().value()) + "/pause", Map.of(), Started.class);
            } catch (GodwitException e) {
                session.console().note("run " + run.run() + " could not be paused: " + e.getMessage());
            }
        }
    }

    /** Other commands may have started runs here: the system stays until they end. */
    void linger(Session session, Needs needs) {
        if (needs != Needs.EVERYTHING) {
            return;
        }
        boolean said = false;
        List<RunView> going = goingAsHeard(session);
        while (!going.isEmpty()) {
            if (!said) {
                session.console().note("waiting for " + going.get(0).run() + ", which another command started here");
                said = true;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            going = goingAsHeard(session);
        }
    }

    /** A run that another command has just set going again is known to the history once every event has arrived. */
    private List<RunView> goingAsHeard(Session session) {
        long since = System.nanoTime();
        while (!broker.isIdle() && System.nanoTime() - since < HEARING.toNanos()) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return going(session);
    }

    /**
     * Where every event has arrived, the next start need not send any again. Only where this process sent again what an
     * earlier one left: what it knows nothing of it must not forget.
     */
    void end(Services services) {
        if (!services.hasExchange()) {
            return;
        }
        try {
            planner.sweep().rest(() -> broker.isIdle() && broker.deadLetters().isEmpty());
        } catch (GodwitException e) {
            LOG.debugf("facts are kept: %s", e.getMessage());
        }
    }

    private static List<RunView> going(Session session) {
        return session.api().get("/runs?limit=100", new TypeReference<List<RunView>>() {}).stream()
                .filter(run -> !run.state().isEnded() && run.state() != RunState.PAUSED)
                .toList();
    }
}
