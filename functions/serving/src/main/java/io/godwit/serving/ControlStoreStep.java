package io.godwit.serving;

import io.godwit.platform.store.ControlStore;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Locale;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * The control store's schema is brought up to date by a step of its own, before anything serves: the same image, told
 * {@code godwit.control-store.step=then-exit}. A function that serves is not ready before.
 */
@Readiness
@ApplicationScoped
public class ControlStoreStep implements HealthCheck {
    /** What this process does about the schema. */
    public enum Step {
        /** Serves once it is up to date. */
        SERVE,
        /** Brings it up to date, and ends. */
        THEN_EXIT;

        static Step of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    private final DataSource store;
    private final Step step;
    private volatile boolean upToDate;

    @Inject
    public ControlStoreStep(DataSource store, @ConfigProperty(name = "godwit.control-store.step") String step) {
        this.store = store;
        this.step = Step.of(step);
    }

    void migrate(@Observes StartupEvent started) {
        if (step == Step.THEN_EXIT) {
            ControlStore.migrate(store);
            Quarkus.asyncExit(0);
        }
    }

    /** Asks until it is; then never again, so that probes do not keep the store awake. */
    @Override
    public HealthCheckResponse call() {
        upToDate = upToDate || ControlStore.isUpToDate(store);
        return HealthCheckResponse.named("control store's schema")
                .status(upToDate)
                .build();
    }
}
