package io.godwit.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.godwit.core.event.Event;
import io.godwit.core.event.Event.RunRecorded;
import io.godwit.core.event.Event.SubtaskRead;
import io.godwit.core.event.Event.SubtaskWrite;
import io.godwit.core.event.Fact;
import io.godwit.core.question.PlannerQuestions;
import io.godwit.core.question.PlannerQuestions.JobFile;
import io.godwit.core.question.PlannerQuestions.JobsQuestion;
import io.godwit.core.question.PlannerQuestions.StartRun;
import io.godwit.core.run.RunId;
import io.godwit.core.run.RunState;
import io.godwit.platform.ask.HttpQuestions;
import io.godwit.platform.event.CloudEventCodec;
import io.godwit.platform.event.EncodedEvent;
import io.godwit.platform.event.EventSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@QuarkusTestResource(PlannerProfile.class)
@Timeout(120)
class PlannerFunctionTest {
    @TestHTTPResource
    @SuppressWarnings("NullAway.Init") // by the framework, before each test
    URI function;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void runStartedByHttpCompletesByCloudEvents() throws Exception {
        PlannerQuestions planner = HttpQuestions.at(function).client(PlannerQuestions.class);
        planner.apply(new JobFile(
                "job.yaml", PlannerFixture.connections() + PlannerFixture.job("by-http", "orders", "items")));
        RunId run = planner.start(new StartRun("by-http", null, Map.of())).run();

        RunState last = RunState.REQUESTED;
        while (last != RunState.COMPLETED) {
            Event event = PlannerProfile.TAKEN.poll(60, TimeUnit.SECONDS);
            assertThat(event).as("an event, after " + last).isNotNull();
            if (event instanceof SubtaskRead read) {
                assertThat(post(PlannerProfile.WORLD.read(read))).isEqualTo(204);
            } else if (event instanceof SubtaskWrite write) {
                assertThat(post(PlannerProfile.WORLD.write(write))).isEqualTo(204);
            } else if (event instanceof RunRecorded recorded
                    && recorded.run().equals(run)
                    && recorded.fact() instanceof Fact.StateChanged changed) {
                assertThat(changed.error()).isNull();
                last = changed.state();
            }
        }
        assertThat(planner.jobs(new JobsQuestion()).jobs()).anySatisfy(job -> {
            assertThat(job.name()).isEqualTo("by-http");
            assertThat(job.lastState()).isEqualTo(RunState.COMPLETED);
        });
    }

    @Test
    void cronSourceTicksOrRunsAJobOncePerMinute() throws Exception {
        PlannerQuestions planner = HttpQuestions.at(function).client(PlannerQuestions.class);
        planner.apply(new JobFile("job.yaml", PlannerFixture.connections() + PlannerFixture.job("by-cron", "orders")));

        assertThat(ping("2026-11-22T02:00:00.017Z", "{}")).isEqualTo(204);
        assertThat(ping("2026-11-22T02:00:00.017Z", "{\"job\": \"by-cron\"}")).isEqualTo(204);
        assertThat(ping("2026-11-22T02:00:00.017Z", "{\"job\": \"by-cron\"}")).isEqualTo(204);
        assertThat(ping("2026-11-22T02:00:00.017Z", "{\"jobs\": \"by-cron\"}")).isEqualTo(422);

        StartRun sameMinute = new StartRun("by-cron", Instant.parse("2026-11-22T02:00:00Z"), Map.of());
        assertThat(planner.start(sameMinute).continued()).isTrue();
    }

    private int ping(String time, String data) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(function)
                .header("ce-specversion", "1.0")
                .header("ce-type", "dev.knative.sources.ping")
                .header("ce-source", "/apis/v1/namespaces/godwit/pingsources/tick")
                .header("ce-id", "0f6e")
                .header("ce-time", time)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(data))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    @Test
    void tickIsTakenAndMalformedEventsAreNotSentAgain() throws Exception {
        assertThat(post(new Event.Ticked(Instant.now()))).isEqualTo(204);

        assertThat(malformed("io.godwit.subtask.written")).isEqualTo(422);
        assertThat(malformed("io.godwit.subtask.read")).as("another function's").isEqualTo(422);
        assertThat(malformed("com.example.unknown")).isEqualTo(422);
        HttpRequest structured = HttpRequest.newBuilder(function)
                .header("content-type", "application/cloudevents+json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"com.example.unknown\"}"))
                .build();
        assertThat(client.send(structured, HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(422);
    }

    private int malformed(String type) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(function)
                .header("ce-specversion", "1.0")
                .header("ce-type", type)
                .header("ce-source", "/godwit/writer")
                .header("ce-id", "1")
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"subtask\": 7}"))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private int post(Event event) throws IOException, InterruptedException {
        EncodedEvent encoded = CloudEventCodec.encode(event, EventSource.READER);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(function).POST(HttpRequest.BodyPublishers.ofByteArray(encoded.body()));
        encoded.headers().forEach(request::header);
        return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
