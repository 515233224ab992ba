package io.godwit.ops.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import io.godwit.ops.DeadLetterView;
import io.godwit.platform.json.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = OpsSurroundings.class, restrictToAnnotatedClass = true)
class DeadLettersTest {
    private static final String RUN = "shop.20261122T020000Z";

    @TestHTTPResource
    @SuppressWarnings("NullAway.Init") // by the framework, before each test
    URI ops;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void anEventOfAnyTypeIsKeptOnceHoweverOftenItComes() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(send(event("com.example.unknown", "/elsewhere", "once", RUN + "/copy/0/1")
                            .header("ce-knativeerrorcode", "422")
                            .header("ce-knativeerrordest", "http://writer.godwit.svc.cluster.local")
                            .header("ce-knativeerrordata", "%22not an event%22")
                            .POST(HttpRequest.BodyPublishers.ofString("{\"subtask\": 7}"))))
                    .isEqualTo(204);
        }
        DeadLetterView kept = only("/elsewhere", "once");

        assertThat(kept.times()).isEqualTo(3);
        assertThat(kept.letter().type()).isEqualTo("com.example.unknown");
        assertThat(kept.letter().run()).isEqualTo(RUN);
        assertThat(kept.letter().code()).isEqualTo("422");
        assertThat(kept.letter().answer()).isEqualTo("\"not an event\"");
        assertThat(kept.letter().data()).isEqualTo("{\"subtask\": 7}");
        assertThat(letters("?run=" + RUN))
                .extracting(view -> view.letter().id())
                .contains("once");
        assertThat(letters("?run=other.20261122T020000Z")).isEmpty();
    }

    @Test
    void structuredEventIsReadAsOne() throws Exception {
        assertThat(send(HttpRequest.newBuilder(ops.resolve("/dead-letters"))
                        .header("content-type", "application/cloudevents+json; charset=UTF-8")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"specversion\":\"1.0\",\"id\":\"whole\","
                                + "\"source\":\"/s\",\"type\":\"t\",\"data\":{\"a\":1}}"))))
                .isEqualTo(204);

        assertThat(only("/s", "whole").letter().data()).isEqualTo("{\"a\":1}");
    }

    @Test
    void whatIsNoEventIsTakenAllTheSame() throws Exception {
        assertThat(send(HttpRequest.newBuilder(ops.resolve("/dead-letters")).POST(HttpRequest.BodyPublishers.noBody())))
                .isEqualTo(204);
        assertThat(send(HttpRequest.newBuilder(ops.resolve("/dead-letters"))
                        .header("content-type", "application/cloudevents+json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"id\": \0"))))
                .isEqualTo(204);
    }

    @Test
    void oldestAreForgotten() throws Exception {
        for (int i = 0; i < 12; i++) {
            send(event("t", "/many", "n" + i, "tick").POST(HttpRequest.BodyPublishers.noBody()));
        }

        assertThat(letters("?limit=1000"))
                .extracting(view -> view.letter().id())
                .containsExactly("n11", "n10", "n9", "n8", "n7");
    }

    private HttpRequest.Builder event(String type, String source, String id, String subject) {
        return HttpRequest.newBuilder(ops.resolve("/dead-letters"))
                .header("ce-specversion", "1.0")
                .header("ce-type", type)
                .header("ce-source", source)
                .header("ce-id", id)
                .header("ce-subject", subject)
                .header("content-type", "application/json");
    }

    private int send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).isEmpty();
        return answer.statusCode();
    }

    private DeadLetterView only(String source, String id) throws IOException, InterruptedException {
        List<DeadLetterView> found = letters("").stream()
                .filter(view -> view.letter().source().equals(source)
                        && view.letter().id().equals(id))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private List<DeadLetterView> letters(String query) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(ops.resolve("/api/dead-letters" + query))
                .header("Authorization", "Bearer " + OpsSurroundings.ISSUER.token("viewer"))
                .build();
        return Json.mapper()
                .readValue(
                        client.send(request, HttpResponse.BodyHandlers.ofString())
                                .body(),
                        new TypeReference<>() {});
    }
}
