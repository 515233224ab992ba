package io.godwit.serving;

import io.godwit.platform.event.FailureStatus;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Tells brokers whether to send an event again: Funqy itself answers 500 to everything. */
@ApplicationScoped
public class FailureRoute {
    private static final int UNKNOWN = 404;

    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(FailureRoute::answer);
    }

    private static void answer(RoutingContext context) {
        if (context.failure() == null && context.statusCode() == UNKNOWN && isEvent(context)) {
            // Of no type that this function acts on, and it would be again. Brokers take a 404 for passing.
            context.response().setStatusCode(FailureStatus.MALFORMED.status()).end();
            return;
        }
        FailureStatus status = FailureStatus.of(context.failure());
        if (context.failure() == null || status.status() == 500) {
            context.next();
            return;
        }
        if (status.retryAfterSeconds() > 0) {
            context.response().putHeader("Retry-After", Integer.toString(status.retryAfterSeconds()));
        }
        context.response().setStatusCode(status.status()).end();
    }

    private static boolean isEvent(RoutingContext context) {
        String form = context.request().getHeader("content-type");
        return context.request().getHeader("ce-type") != null
                || (form != null && form.startsWith("application/cloudevents"));
    }
}
