package io.godwit.planner.answer;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.ErrorInfo;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.job.Consistency;
import io.godwit.core.job.Job;
import io.godwit.core.question.PlannerQuestions.ExplainedPlan;
import io.godwit.core.question.PlannerQuestions.JobFile;
import io.godwit.core.question.PlannerQuestions.PlanJob;
import io.godwit.core.question.PlannerQuestions.Plans;
import io.godwit.core.question.PlannerQuestions.RefusedPlan;
import io.godwit.core.run.RunId;
import io.godwit.planner.act.Connections;
import io.godwit.planner.planning.Planning;
import io.godwit.planner.planning.RunPlanning;
import io.godwit.planner.store.Catalog;
import io.godwit.planner.store.ControlStore;
import io.godwit.planner.store.Documents;
import io.godwit.planner.store.PlannedRun;
import io.godwit.planner.store.Session;
import io.godwit.platform.jobfile.JobDocuments;
import io.godwit.platform.jobfile.JobFiles;
import io.godwit.platform.jobfile.KnownNames;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Plans without storing, preparing or holding anything, and says what would be done. */
public final class Explaining {
    private final ControlStore store;
    private final RunPlanning planning;

    public Explaining(ControlStore store, RunPlanning planning) {
        this.store = store;
        this.planning = planning;
    }

    Plans plan(PlanJob question) {
        JobFile file = question.file();
        if (file == null) {
            return new Plans(List.of(ofCatalog(question)), List.of());
        }
        Map<String, Connection> catalog = store.transact(Explaining::catalog);
        JobDocuments documents = JobFiles.parse(file.name(), file.text(), new KnownNames(null, catalog.keySet()));
        Map<String, Connection> connections = new HashMap<>(catalog);
        documents.connections().forEach(connection -> connections.put(connection.name(), connection));
        if (documents.jobs().size() == 1) {
            return new Plans(List.of(explain(documents.jobs().get(0), question.parameters(), connections)), List.of());
        }
        return each(documents.jobs(), question.parameters(), connections);
    }

    /** One that cannot be planned does not hide the others. */
    private Plans each(List<Job> jobs, Map<String, String> parameters, Map<String, Connection> connections) {
        List<ExplainedPlan> plans = new ArrayList<>();
        List<RefusedPlan> refused = new ArrayList<>();
        for (Job job : jobs) {
            try {
                plans.add(explain(job, parameters, connections));
            } catch (GodwitException e) {
                String message = "job " + job.name() + ": " + e.info().message();
                refused.add(new RefusedPlan(job.name(), new ErrorInfo(e.code(), message, e.remedy())));
            }
        }
        return new Plans(plans, refused);
    }

    private ExplainedPlan ofCatalog(PlanJob question) {
        String name = question.job() == null ? "" : question.job();
        Job job = store.transact(session -> Catalog.job(session, name)
                .map(found -> Documents.get(session, found.document(), Job.class))
                .orElseThrow(() -> new GodwitException(
                        ErrorCode.NOT_FOUND, name + ": no such job in the catalog", "See: godwit jobs")));
        return explain(job, question.parameters(), store.transact(Explaining::catalog));
    }

    private ExplainedPlan explain(Job job, Map<String, String> parameters, Map<String, Connection> connections) {
        Instant now = store.transact(Catalog::now).truncatedTo(ChronoUnit.MILLIS);
        Map<String, Connection> named = new HashMap<>(connections);
        named.keySet().retainAll(Connections.namedBy(job));
        PlannedRun planned = planning.plan(new Planning(RunId.of(job.name(), now), job, now, parameters, named), false);
        List<String> statements = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        planning.rehearse(planned.plan()).forEach((step, preparation) -> {
            statements.addAll(preparation.statements());
            preparation.notes().forEach(note -> notes.add(step.step() + ": " + note));
        });
        return new ExplainedPlan(job.name(), planned.plan(), statements, notes, guarantee(planned));
    }

    private static String guarantee(PlannedRun planned) {
        boolean oneMoment = planned.plan().steps().stream().allMatch(step -> step.consistency() == Consistency.RUN);
        return "exactly once: each subtask is written in one transaction of the sink with its row in the ledger; "
                + (oneMoment
                        ? "the rows of a step are of one moment (consistency: run)"
                        : "the rows of a subtask are of one moment (consistency: subtask)");
    }

    private static Map<String, Connection> catalog(Session session) {
        Map<String, Connection> connections = new HashMap<>();
        Catalog.connections(session)
                .forEach((name, document) -> connections.put(name, Documents.get(session, document, Connection.class)));
        return connections;
    }
}
