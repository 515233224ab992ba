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
import io.smallrye.common.annotation.Blocking;
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

/** The catalog: jobs and connections, plans that change nothing, tests and previews. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class JobsResource {
    private final PlannerQuestions planner;

    @Inject
    JobsResource(@Named("ops") PlannerQuestions planner) {
        this.planner = planner;
    }

    @GET
    @Path("jobs")
    public Jobs jobs() {
        return planner.jobs(new JobsQuestion());
    }

    @POST
    @Path("jobs")
    public Applied apply(JobFile file) {
        return planner.apply(file);
    }

    @POST
    @Path("plans")
    public Plans plan(PlanJob question) {
        return planner.plan(question);
    }

    @POST
    @Path("connections/{name}/test")
    public ConnectionReport test(@PathParam("name") String name) {
        return planner.test(new TestConnection(name));
    }

    @GET
    @Path("connections/{name}/preview")
    public Preview preview(
            @PathParam("name") String name,
            @QueryParam("table") String table,
            @QueryParam("limit") @DefaultValue("10") int limit) {
        return planner.preview(new PreviewTable(name, table, Math.max(1, Math.min(1000, limit))));
    }
}
