package io.godwit.ops.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.ErrorInfo;
import io.godwit.core.event.Event.RunRecorded;
import io.godwit.core.event.Fact;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.Digest;
import io.godwit.core.run.RunId;
import io.godwit.core.run.RunState;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import io.godwit.ops.store.History;
import io.godwit.platform.json.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What the API answers is what its document says. */
@QuarkusTest
@QuarkusTestResource(value = OpsSurroundings.class, restrictToAnnotatedClass = true)
class AnswersTest {
    private static final Instant AT = Instant.parse("2026-11-22T02:00:00Z");

    @TestHTTPResource
    @SuppressWarnings("NullAway.Init") // by the framework, before each test
    URI ops;

    @Inject
    @SuppressWarnings("NullAway.Init")
    DataSource store;

    @Inject
    @SuppressWarnings("NullAway.Init")
    History history;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void answersAreOfTheFormsOfTheDocument() throws Exception {
        RunId run = RunId.of("documented", AT);
        fold(run);

        assertOfItsForm("/api/runs", "/api/runs", 200);
        assertOfItsForm("/api/runs/{run}", "/api/runs/" + run, 200);
        JsonNode facts = assertOfItsForm("/api/runs/{run}/facts", "/api/runs/" + run + "/facts", 200);
        assertThat(facts).hasSize(8);
        assertOfItsForm("/api/runs/{run}", "/api/runs/nobodys.20261122T020000Z", 404);
        assertOfItsForm("/api/dead-letters", "/api/dead-letters", 200);
        assertOfItsForm("/api/jobs", "/api/jobs", 503);
    }

    /** A fact of every kind, and a run that failed. */
    private void fold(RunId run) throws Exception {
        SubtaskId subtask = SubtaskId.of(StepId.of(run, "copy"), 0, 0);
        Tally tally = new Tally(15, 1500, new Digest(7));
        AttemptId attempt = new AttemptId("a");
        ErrorInfo error = new ErrorInfo(ErrorCode.ROW_REFUSED, "orders, key 7: duplicate key", "Use mode upsert.");
        List<Fact> facts = List.of(
                new Fact.StateChanged(run.job(), AT, RunState.RUNNING, null),
                new Fact.TablePlanned("copy", 0, "shop.public.orders", "public.orders", 1, -1, -1),
                new Fact.SubtaskWasRead(subtask, attempt, tally, 5),
                new Fact.SubtaskWasWritten(subtask, attempt, tally, Tally.ZERO, 9),
                new Fact.SubtaskTriedAgain(subtask, "read", 2, error),
                new Fact.SubtaskWasSplit(subtask, 2),
                new Fact.Noted("a note"),
                new Fact.StateChanged(run.job(), AT, RunState.FAILED, error));
        try (Connection connection = store.getConnection()) {
            for (int i = 0; i < facts.size(); i++) {
                history.fold(connection, new RunRecorded(run, i + 1L, AT.plusMillis(i), facts.get(i)));
            }
        }
    }

    private JsonNode assertOfItsForm(String documented, String path, int status) throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(ops.resolve(path))
                        .header("Authorization", "Bearer " + OpsSurroundings.ISSUER.token("viewer"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);

        ObjectNode document = OpenApiDocument.make();
        JsonNode response = status == 200
                ? document.at("/paths").path(documented).at("/get/responses/200")
                : document.at("/components/responses/Error");
        ObjectNode schema = response.at("/content/application~1json/schema").deepCopy();
        schema.set("components", document.get("components"));
        JsonNode body = Json.mapper().readTree(answer.body());
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(schema)
                        .validate(body))
                .as(path + " " + body)
                .isEmpty();
        return body;
    }
}
