package io.godwit.ops.api;

import io.godwit.core.question.PlannerQuestions;
import io.godwit.core.question.PlannerQuestions.Applied;
import io.godwit.core.question.PlannerQuestions.JobFile;
import io.godwit.core.question.PlannerQuestions.Jobs;
import io.godwit.core.question.PlannerQuestions.JobsQuestion;
import io.godwit.core.question.PlannerQuestions.PlanJob;
import io.godwit.core.question.PlannerQuestions.Plans;
import io.godwit.core.question.PlannerQuestions.PreviewTable;
import io.godwit.core.question.PlannerQuestions.TestConnection;
import io.godwit.core.question.SourceQuestions.ConnectionReport;
import io.godwit.core.question.SourceQuestions.Preview;
import io.godwit.ops.api.access.PlansOfFiles;
import io.godwit.ops.api.access.Role;
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
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The catalog: jobs and connections, plans that change nothing, tests and previews. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class JobsResource {
    private final PlannerQuestions planner;

    private final PlansOfFiles files;

    @Inject
    JobsResource(@Named("ops") PlannerQuestions planner, PlansOfFiles files) {
        this.planner = planner;
        this.files = files;
    }

    @GET
    @Path("jobs")
    @Operation(summary = "Jobs of the catalog: schedule, next run, last run.")
    @RolesAllowed({Role.VIEWER, Role.OPERATOR, Role.ADMIN})
    public Jobs jobs() {
        return planner.jobs(new JobsQuestion());
    }

    @POST
    @Path("jobs")
    @Operation(summary = "Keeps the connections and jobs of a file in the catalog.")
    @RolesAllowed(Role.ADMIN)
    public Applied apply(JobFile file) {
        return planner.apply(file);
    }

    @POST
    @Path("plans")
    @Operation(
            summary =
                    "Plans the jobs of a file, or one of the catalog, and changes nothing. A file with connections is for an admin.")
    @RolesAllowed({Role.OPERATOR, Role.ADMIN})
    public Plans plan(PlanJob question) {
        files.check(question);
        return planner.plan(question);
    }

    @POST
    @Path("connections/{name}/test")
    @Operation(summary = "Reaches a connection of the catalog, and logs in.")
    @RolesAllowed({Role.OPERATOR, Role.ADMIN})
    public ConnectionReport test(@PathParam("name") String name) {
        return planner.test(new TestConnection(name));
    }

    @GET
    @Path("connections/{name}/preview")
    @Operation(summary = "The first rows of a table of a connection, at most 1000.")
    @RolesAllowed({Role.OPERATOR, Role.ADMIN})
    public Preview preview(
            @PathParam("name") String name,
            @QueryParam("table") String table,
            @QueryParam("limit") @DefaultValue("10") int limit) {
        return planner.preview(new PreviewTable(name, table, AnswerLimit.bounded(limit)));
    }
}
