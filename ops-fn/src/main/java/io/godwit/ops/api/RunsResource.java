package io.godwit.ops.api;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.event.Event.RunControlled.Action;
import io.godwit.core.event.Event.RunRecorded;
import io.godwit.core.question.PlannerQuestions;
import io.godwit.core.question.PlannerQuestions.ControlRun;
import io.godwit.core.question.PlannerQuestions.QuarantinedOf;
import io.godwit.core.question.PlannerQuestions.QuarantinedRows;
import io.godwit.core.question.PlannerQuestions.ReplayRun;
import io.godwit.core.question.PlannerQuestions.StartRun;
import io.godwit.core.question.PlannerQuestions.Started;
import io.godwit.core.question.PlannerQuestions.ValidateRun;
import io.godwit.core.question.PlannerQuestions.ValidationReport;
import io.godwit.core.question.SinkQuestions.QuarantinePlace;
import io.godwit.core.run.RunId;
import io.godwit.core.run.SubtaskId;
import io.godwit.ops.RunView;
import io.godwit.ops.api.access.Role;
import io.godwit.ops.store.RunQueries;
import io.godwit.serving.Handling;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Runs: start, look, control, validate. */
@Path("/api/runs")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class RunsResource {
    private final DataSource store;
    private final RunQueries runs;
    private final PlannerQuestions planner;
    private final Handling handling;

    @Inject
    RunsResource(DataSource store, RunQueries runs, @Named("ops") PlannerQuestions planner, Handling handling) {
        this.handling = handling;
        this.store = store;
        this.runs = runs;
        this.planner = planner;
    }

    @GET
    @Operation(summary = "The latest runs, of one job or of all, without their tables.")
    @RolesAllowed({Role.VIEWER, Role.OPERATOR, Role.ADMIN})
    public List<RunView> latest(
            @QueryParam("job") @Nullable String job, @QueryParam("limit") @DefaultValue("20") int limit)
            throws SQLException {
        try (Connection connection = store.getConnection()) {
            return runs.latest(connection, job, AnswerLimit.bounded(limit));
        }
    }

    @POST
    @Operation(summary = "Starts a run; an unfinished run of the same job and document is gone on with instead.")
    @RolesAllowed({Role.OPERATOR, Role.ADMIN})
    public Started start(StartRun question) {
        return handling.ofRequest("start", () -> planner.start(question));
    }

    @GET
    @Path("{run}")
    @Operation(summary = "A run with its tables.")
    @RolesAllowed({Role.VIEWER, Role.OPERATOR, Role.ADMIN})
    public RunView run(@PathParam("run") String run) throws SQLException {
        RunId id = id(run);
        try (Connection connection = store.getConnection()) {
            Optional<RunView> view = runs.find(connection, id);
            return view.orElseThrow(() -> noSuchRun(run));
        }
    }

    /** What happened after a sequence number, in order: the run's log. */
    @GET
    @Path("{run}/facts")
    @Operation(summary = "What happened in a run after a sequence number, in order.")
    @RolesAllowed({Role.VIEWER, Role.OPERATOR, Role.ADMIN})
    public List<RunRecorded> facts(
            @PathParam("run") String run,
            @QueryParam("after") @DefaultValue("0") long after,
            @QueryParam("limit") @DefaultValue("200") int limit)
            throws SQLException {
        RunId id = id(run);
        try (Connection connection = store.getConnection()) {
            return runs.facts(connection, id, after, AnswerLimit.bounded(limit));
        }
    }

    /** {@code action}: pause, resume, cancel or retry. */
    @POST
    @Path("{run}/{action: pause|resume|cancel|retry}")
    @Operation(summary = "Pauses, resumes, cancels or retries a run. Answers once it is decided.")
    @RolesAllowed({Role.OPERATOR, Role.ADMIN})
    public Started control(@PathParam("run") String run, @PathParam("action") String action) {
        return planner.control(new ControlRun(id(run), Action.valueOf(action.toUpperCase(Locale.ROOT))));
    }

    /** By the job as the catalog has it now. */
    @POST
    @Path("{run}/replay")
    @Operation(
            summary = "Starts a run that writes the quarantined rows of this one; an unfinished one is gone on with.")
    @RolesAllowed({Role.OPERATOR, Role.ADMIN})
    public Started replay(@PathParam("run") String run) {
        RunId id = id(run);
        return handling.ofRequest("replay", () -> planner.replay(new ReplayRun(id)));
    }

    /** Reads both sides again; names at most {@code limit} differences per table. */
    @POST
    @Path("{run}/validation")
    @Operation(summary = "Reads both sides of a run again, and names what differs.")
    @RolesAllowed({Role.OPERATOR, Role.ADMIN})
    public ValidationReport validate(@PathParam("run") String run, @QueryParam("limit") @DefaultValue("20") int limit) {
        return planner.validate(new ValidateRun(id(run), AnswerLimit.bounded(limit)));
    }

    /** Rows with their values: for those who may start runs only. */
    @GET
    @Path("{run}/quarantine")
    @Operation(summary = "Rows of a run that were refused, after one of them; none after the last.")
    @RolesAllowed({Role.OPERATOR, Role.ADMIN})
    public QuarantinedRows quarantine(
            @PathParam("run") String run,
            @QueryParam("subtask") @Nullable String subtask,
            @QueryParam("row") @DefaultValue("0") long row,
            @QueryParam("limit") @DefaultValue("20") int limit) {
        QuarantinePlace after = subtask == null ? null : new QuarantinePlace(subtask(subtask), row);
        return planner.quarantined(new QuarantinedOf(id(run), after, AnswerLimit.bounded(limit)));
    }

    private static SubtaskId subtask(String subtask) {
        try {
            return new SubtaskId(subtask);
        } catch (IllegalArgumentException e) {
            throw new GodwitException(
                    ErrorCode.NOT_FOUND, "no such subtask: " + subtask, "Take it from a row that was answered.");
        }
    }

    private static RunId id(String run) {
        try {
            return new RunId(run);
        } catch (IllegalArgumentException e) {
            throw noSuchRun(run);
        }
    }

    private static GodwitException noSuchRun(String run) {
        return new GodwitException(
                ErrorCode.NOT_FOUND,
                "no such run: " + run,
                "godwit runs lists them. One just started appears with its first event.");
    }
}
