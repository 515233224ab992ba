package io.godwit.local.broker;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** The broker's address: {@code POST /broker} takes a CloudEvent, 202 when taken, 503 when there is no room. */
class BrokerRoutes {
    private final InProcessBroker broker;

    @Inject
    BrokerRoutes(InProcessBroker broker) {
        this.broker = broker;
    }

    void addTo(@Observes Router router) {
        router.post("/broker").order(-10).handler(BodyHandler.create(false)).handler(context -> {
            Buffer body = context.body().buffer();
            Message message = Message.of(context.request().headers(), body == null ? new byte[0] : body.getBytes());
            int status = !message.isEvent() ? 400 : broker.offer(message) ? 202 : 503;
            context.response().setStatusCode(status).end().onFailure(context::fail);
        });
    }
}
