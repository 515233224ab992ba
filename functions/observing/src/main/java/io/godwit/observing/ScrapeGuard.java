package io.godwit.observing;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/**
 * Metrics are for whoever scrapes an instance itself. What came through an ingress, or through Knative's own proxy, is
 * answered as if there were none: those headers are theirs, and a caller behind them cannot take them away.
 */
@ApplicationScoped
public class ScrapeGuard {
    private static final List<String> PROXIED = List.of("X-Forwarded-For", "Forwarded", "K-Proxy-Request");

    void register(@Observes Router router) {
        router.route("/q/metrics*").order(Integer.MIN_VALUE).handler(ScrapeGuard::pass);
    }

    private static void pass(RoutingContext context) {
        if (PROXIED.stream().anyMatch(context.request().headers()::contains)) {
            context.response().setStatusCode(404).end();
        } else {
            context.next();
        }
    }
}
