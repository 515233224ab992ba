package io.godwit.serving;

import io.godwit.platform.trace.TraceParent;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jspecify.annotations.Nullable;

/** Keeps the traceparent of an HTTP request for whoever handles it: Funqy hands over the body alone. */
@ApplicationScoped
public class TraceRoute {
    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).handler(TraceRoute::keep);
    }

    /** Of the request that this thread handles. */
    static @Nullable TraceParent incoming() {
        return VertxContext.isOnDuplicatedContext()
                ? TraceParent.parse(ContextLocals.<String>get(TraceParent.NAME, null))
                : null;
    }

    private static void keep(RoutingContext context) {
        String header = context.request().getHeader(TraceParent.NAME);
        if (header != null && VertxContext.isOnDuplicatedContext()) {
            ContextLocals.put(TraceParent.NAME, header);
        }
        context.next();
    }
}
