package io.godwit.ops.api.access;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.ErrorInfo;
import io.godwit.platform.json.Json;
import io.quarkus.arc.properties.UnlessBuildProperty;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Set;

/**
 * Lets a request in by its path: health to anybody, the API to whom its roles allow, events to the broker. The broker
 * and people come to one port. A broker shows no token, but it comes by the name that the service has within the
 * cluster, and an ingress does not pass on requests for that name from outside.
 */
@ApplicationScoped
@UnlessBuildProperty(name = "godwit.ops.guard", stringValue = "elsewhere", enableIfMissing = true)
class FrontDoor {
    /** Set by Knative where a domain of one's own is mapped to the service's name within the cluster. */
    private static final String MAPPED_FROM = "K-Original-Host";

    /** Where a broker brings events, and those that no function would take. */
    private static final Set<String> EVENTS = Set.of("/", "/dead-letters");

    private final AccessSettings settings;

    @Inject
    FrontDoor(AccessSettings settings) {
        this.settings = settings;
    }

    void addTo(@Observes Router router) {
        router.route().order(-1000).handler(this::look);
    }

    private void look(RoutingContext context) {
        String path = context.normalizedPath();
        if (path.equals("/q/health") || path.startsWith("/q/health/")) {
            context.next();
        } else if (path.startsWith("/api/")) {
            settings.closed().ifPresentOrElse(error -> refuse(context, 403, error), context::next);
        } else if (EVENTS.contains(path) && context.request().method().equals(HttpMethod.POST)) {
            takeEvent(context);
        } else if (path.equals("/q/metrics") && settings.opensMetrics()) {
            context.next();
        } else {
            refuse(
                    context,
                    404,
                    new ErrorInfo(ErrorCode.NOT_FOUND, "nothing is open at this path", "The API is under /api."));
        }
    }

    private void takeEvent(RoutingContext context) {
        HttpServerRequest request = context.request();
        boolean fromOutside = request.getHeader(MAPPED_FROM) != null
                || request.authority() == null
                || !settings.takesEventsAs(request.authority().host());
        if (fromOutside) {
            refuse(
                    context,
                    403,
                    new ErrorInfo(
                            ErrorCode.FORBIDDEN,
                            "events are taken from the broker alone",
                            "Send events to the broker; its triggers come by a name in GODWIT_OPS_EVENT_HOSTS of ops."));
        } else {
            context.next();
        }
    }

    private static void refuse(RoutingContext context, int status, ErrorInfo error) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(ApiVersion.HEADER, ApiVersion.NUMBER)
                .end(Buffer.buffer(Json.bytes(error)))
                .onFailure(context::fail);
    }
}
