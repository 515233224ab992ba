package io.godwit.planner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.event.Event.RowsReady;
import io.godwit.core.event.Event.RunControlled;
import io.godwit.core.event.Event.RunRequested;
import io.godwit.core.event.Event.SubtaskFailed;
import io.godwit.core.event.Event.SubtaskWritten;
import io.godwit.core.event.Event.Ticked;
import io.godwit.core.question.PlannerQuestions;
import io.godwit.core.question.PlannerQuestions.ControlRun;
import io.godwit.core.question.PlannerQuestions.JobFile;
import io.godwit.core.question.PlannerQuestions.JobsQuestion;
import io.godwit.core.question.PlannerQuestions.PlanJob;
import io.godwit.core.question.PlannerQuestions.PreviewTable;
import io.godwit.core.question.PlannerQuestions.QuarantinedOf;
import io.godwit.core.question.PlannerQuestions.ReplayRun;
import io.godwit.core.question.PlannerQuestions.StartRun;
import io.godwit.core.question.PlannerQuestions.TestConnection;
import io.godwit.core.question.PlannerQuestions.ValidateRun;
import io.godwit.planner.wiring.PlannerWiring;
import io.godwit.platform.ask.Answer;
import io.godwit.platform.json.Json;
import io.godwit.serving.Handling;
import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEvent;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The planner's events and questions. Bodies are taken apart by Godwit's own mapper, not by the framework's: what is
 * unknown, doubled or missing in them is refused.
 */
public class PlannerFunction {
    private final PlannerWiring planner;
    private final Handling handling;

    @Inject
    public PlannerFunction(PlannerWiring planner, Handling handling) {
        this.handling = handling;
        this.planner = planner;
    }

    @Funq("planner-run-requested")
    @CloudEventMapping(trigger = "io.godwit.run.requested")
    public void runRequested(CloudEvent<JsonNode> event) {
        handling.quietly(event, RunRequested.class, planner.requests()::requested);
    }

    @Funq("planner-run-controlled")
    @CloudEventMapping(trigger = "io.godwit.run.controlled")
    public void runControlled(CloudEvent<JsonNode> event) {
        handling.quietly(event, RunControlled.class, planner.controls()::controlled);
    }

    @Funq("planner-ticked")
    @CloudEventMapping(trigger = "io.godwit.ticked")
    public void ticked(CloudEvent<JsonNode> event) {
        handling.quietly(event, Ticked.class, tick -> planner.sweep().sweep());
    }

    /**
     * What Knative's cron source sends: a tick where its data is {@code {}}; else {@code {"job": ..., "parameters":
     * {...}}}, and the job is run for the minute in which it was sent. Sent twice, it is one run.
     */
    @Funq("planner-pinged")
    @CloudEventMapping(trigger = "dev.knative.sources.ping")
    public void pinged(CloudEvent<JsonNode> event) {
        handling.ofRequest("ping", () -> ping(event));
    }

    private boolean ping(CloudEvent<JsonNode> event) {
        Ping ping = read(event.data(), Ping.class);
        // Sent without data, it is JSON's null.
        if (ping == null || ping.job() == null) {
            planner.sweep().sweep();
            return true;
        }
        OffsetDateTime sent = event.time();
        if (sent == null) {
            throw new GodwitException(
                    ErrorCode.EVENT_MALFORMED,
                    "a ping for job " + ping.job() + " has no time",
                    "Send it by a PingSource.");
        }
        planner.requests()
                .requested(new RunRequested(
                        ping.job(),
                        sent.toInstant().truncatedTo(ChronoUnit.MINUTES),
                        ping.parameters() == null ? Map.of() : ping.parameters()));
        return true;
    }

    /** The data of a cron source. */
    record Ping(@Nullable String job, @Nullable Map<String, String> parameters) {}

    @Funq("planner-rows-ready")
    @CloudEventMapping(trigger = "io.godwit.subtask.rows-ready")
    public void rowsReady(CloudEvent<JsonNode> event) {
        handling.quietly(event, RowsReady.class, planner.subtasks()::rowsReady);
    }

    @Funq("planner-subtask-written")
    @CloudEventMapping(trigger = "io.godwit.subtask.written")
    public void subtaskWritten(CloudEvent<JsonNode> event) {
        handling.quietly(event, SubtaskWritten.class, planner.subtasks()::written);
    }

    @Funq("planner-subtask-failed")
    @CloudEventMapping(trigger = "io.godwit.subtask.failed")
    public void subtaskFailed(CloudEvent<JsonNode> event) {
        handling.quietly(event, SubtaskFailed.class, planner.subtasks()::failed);
    }

    @Funq
    public JsonNode apply(JsonNode question) {
        return answer(question, JobFile.class, planner.answers()::apply);
    }

    @Funq
    public JsonNode plan(JsonNode question) {
        return answer(question, PlanJob.class, planner.answers()::plan);
    }

    @Funq
    public JsonNode start(JsonNode question) {
        return handling.ofRequest("start", () -> answer(question, StartRun.class, planner.answers()::start));
    }

    @Funq
    public JsonNode control(JsonNode question) {
        return answer(question, ControlRun.class, planner.answers()::control);
    }

    @Funq
    public JsonNode jobs(JsonNode question) {
        return answer(question, JobsQuestion.class, planner.answers()::jobs);
    }

    @Funq
    public JsonNode quarantined(JsonNode question) {
        return answer(question, QuarantinedOf.class, planner.answers()::quarantined);
    }

    @Funq
    public JsonNode replay(JsonNode question) {
        return handling.ofRequest("replay", () -> answer(question, ReplayRun.class, planner.answers()::replay));
    }

    @Funq
    public JsonNode validate(JsonNode question) {
        return answer(question, ValidateRun.class, planner.answers()::validate);
    }

    @Funq
    public JsonNode test(JsonNode question) {
        return answer(question, TestConnection.class, planner.answers()::test);
    }

    @Funq
    public JsonNode preview(JsonNode question) {
        return answer(question, PreviewTable.class, planner.answers()::preview);
    }

    /** @see PlannerQuestions */
    private static <Q, A> JsonNode answer(JsonNode question, Class<Q> form, Function<Q, A> method) {
        return Json.mapper().valueToTree(Answer.of(() -> method.apply(read(question, form))));
    }

    private static <Q> Q read(JsonNode question, Class<Q> form) {
        try {
            return Json.mapper().treeToValue(question, form);
        } catch (JsonProcessingException malformed) {
            throw new GodwitException(
                    ErrorCode.EVENT_MALFORMED,
                    form.getSimpleName() + ": not of the form of this question",
                    "See the question's record in io.godwit.core.question.",
                    malformed);
        }
    }
}
