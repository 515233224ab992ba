package io.godwit.ops.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.godwit.ops.DeadLetter;
import io.godwit.ops.store.DeadLetters;
import io.godwit.platform.event.HeaderText;
import io.godwit.platform.json.Json;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Where a broker brings what no function would take: its {@code deadLetterSink}. No Funqy function, since those are
 * found by the type of an event, and here any may come; and no REST, which waits for bodies that are not there.
 *
 * <p>Every letter is taken, be it what it may: one that were refused would be sent again and again. Only while the
 * control store is away is the broker asked to come again, which it does as often as its {@code retry} says.
 */
@ApplicationScoped
public class DeadLetterInbox {
    /** What the broker's manifest says as the sink's {@code uri}. */
    public static final String PATH = "/dead-letters";

    private static final Logger LOG = Logger.getLogger(DeadLetterInbox.class);
    private static final String STRUCTURED = "application/cloudevents+json";

    /** Classes of SQLSTATE that say nothing of what was asked: connection, rollback, resources, intervention. */
    private static final Set<String> PASSING = Set.of("08", "40", "53", "57");

    private final DataSource store;
    private final DeadLetters letters;

    @Inject
    DeadLetterInbox(DataSource store, DeadLetters letters) {
        this.store = store;
        this.letters = letters;
    }

    void addTo(@Observes Router router) {
        // Before the routes of functions, which are everywhere.
        router.post(PATH).order(-10).handler(BodyHandler.create(false)).blockingHandler(this::take, false);
    }

    /** Takes an event of any type, in binary or structured mode. The answer is empty: another would be an event. */
    private void take(RoutingContext context) {
        Buffer body = context.body().buffer();
        DeadLetter letter = read(context.request().headers(), body == null ? new byte[0] : body.getBytes());
        LOG.warnf(
                "dead letter: %s %s of %s, answered %s by %s",
                letter.type(), letter.id(), letter.source(), letter.code(), letter.target());
        int status = 204;
        try (Connection connection = store.getConnection()) {
            letters.keep(connection, letter);
        } catch (SQLException failure) {
            if (mayPass(failure)) {
                status = 503;
                context.response().putHeader("Retry-After", "5");
            } else {
                LOG.errorf(failure, "dead letter %s of %s could not be kept", letter.id(), letter.source());
            }
        }
        context.response().setStatusCode(status).end().onFailure(context::fail);
    }

    private static DeadLetter read(MultiMap headers, byte[] body) {
        String form = headers.get("content-type");
        if (form != null && form.startsWith(STRUCTURED)) {
            try {
                JsonNode event = Json.mapper().readTree(body);
                return DeadLetter.of(name -> event.path(name).textValue(), data(event));
            } catch (IOException malformed) {
                return DeadLetter.of(name -> null, body);
            }
        }
        return DeadLetter.of(name -> HeaderText.decode(headers.get("ce-" + name)), body);
    }

    private static byte[] data(JsonNode event) throws IOException {
        JsonNode binary = event.path("data_base64");
        return binary.isTextual()
                ? binary.binaryValue()
                : event.path("data").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** No state at all: no connection came in time. */
    private static boolean mayPass(SQLException failure) {
        String state = failure.getSQLState();
        return state == null || state.length() < 2 || PASSING.contains(state.substring(0, 2));
    }
}
