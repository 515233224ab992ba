package io.godwit.core.question;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.godwit.core.error.ErrorInfo;
import io.godwit.core.event.Event.RunControlled.Action;
import io.godwit.core.plan.Plan;
import io.godwit.core.run.RowForm;
import io.godwit.core.run.RunId;
import io.godwit.core.run.RunState;
import io.godwit.core.table.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What people ask the planner, through ops or by HTTP function invoke. */
public interface PlannerQuestions {

    /** Checks a job file and keeps its connections and jobs in the catalog. */
    Applied apply(JobFile question);

    /** Plans the jobs of a file, or one job of the catalog, changing nothing anywhere. */
    Plans plan(PlanJob question);

    /** Starts a run of a job in the catalog; an unfinished run of the same job and document is gone on with instead. */
    Started start(StartRun question);

    /** Pauses, resumes, cancels or retries. Answers once it is decided, not once all is still. */
    Started control(ControlRun question);

    /** Jobs of the catalog. */
    Jobs jobs(JobsQuestion question);

    /** Reads both sides of a run again, and names what differs. */
    ValidationReport validate(ValidateRun question);

    /** Rows of a run that its readers or sinks refused, page by page. */
    QuarantinedRows quarantined(QuarantinedOf question);

    /**
     * Starts a run that writes the quarantined rows of another one, by its job as the catalog has it now; an unfinished
     * one is gone on with instead.
     *
     * @throws io.godwit.core.error.GodwitException NOT_FOUND; RUN_STATE_REFUSES where the run is not completed, or
     *     another run of the job has not ended
     */
    Started replay(ReplayRun question);

    /** A connection of the catalog: can it be reached as a source and as a sink. */
    SourceQuestions.ConnectionReport test(TestConnection question);

    /** The first rows of a table of a connection of the catalog. */
    SourceQuestions.Preview preview(PreviewTable question);

    /** A job file's text, and its name for error messages. */
    record JobFile(String name, String text) {}

    /** What a file brought, in the file's order. */
    record Applied(List<AppliedDocument> documents) {}

    /**
     * One document of a file.
     *
     * @param kind {@code Connection} or {@code Job}
     */
    record AppliedDocument(String kind, String name, Change change) {
        /** Against what the catalog held before. */
        public enum Change {
            NEW,
            CHANGED,
            UNCHANGED
        }
    }

    /** Either a file, or the name of a job in the catalog. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PlanJob(@Nullable JobFile file, @Nullable String job, Map<String, String> parameters) {}

    /**
     * One per job that can be planned.
     *
     * @param refused jobs that cannot, where a file has several; an only job's error is the answer
     */
    record Plans(List<ExplainedPlan> plans, List<RefusedPlan> refused) {}

    /** Why a job of a file cannot be planned; the message names the job too. */
    record RefusedPlan(String job, ErrorInfo error) {}

    /**
     * A plan and what a person wants to know before saying yes.
     *
     * @param statements what the sinks would be asked to run before the load, in order
     * @param guarantee how often each row arrives, and what it rests on
     */
    record ExplainedPlan(String job, Plan plan, List<String> statements, List<String> notes, String guarantee) {}

    /** Which job, for which plan time (null: now), with which parameters over its own. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StartRun(String job, @Nullable Instant planTime, Map<String, String> parameters) {}

    /** The run, where it stands, and whether it had been started before. */
    record Started(RunId run, RunState state, boolean continued) {}

    /** What to do with which run. */
    record ControlRun(RunId run, Action action) {}

    /** All of them. */
    record JobsQuestion() {}

    /** Jobs by name. */
    record Jobs(List<JobSummary> jobs) {}

    /** A job in a line; the run is its latest. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record JobSummary(
            String name,
            @Nullable String cron,
            @Nullable String timeZone,
            @Nullable Instant nextRun,
            @Nullable RunId lastRun,
            @Nullable RunState lastState) {}

    /** Which run, naming at most {@code limit} differences per table. */
    record ValidateRun(RunId run, int limit) {}

    /** Per table what was compared and what differs. */
    record ValidationReport(RunId run, List<TableComparison> tables) {
        public long differences() {
            return tables.stream().mapToLong(TableComparison::differences).sum();
        }
    }

    /**
     * One target table against all the sources that the run wrote into it.
     *
     * @param refusedRows rows of the source that the target lacks because it refused them: they are in quarantine
     * @param differences how many other rows differ, are missing or are extra; counted in full
     * @param named the first of them
     */
    record TableComparison(
            String source,
            String target,
            long sourceRows,
            long targetRows,
            long refusedRows,
            long differences,
            List<Difference> named) {}

    /** One key: {@code missing} in the target, {@code extra} in it, or {@code different}. */
    record Difference(String key, String what) {}

    /**
     * Which run's rows.
     *
     * @param after the last one that is known; null: from the first
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record QuarantinedOf(RunId run, SinkQuestions.@Nullable QuarantinePlace after, int limit) {}

    /** Which run's quarantined rows. */
    record ReplayRun(RunId run) {}

    /** Rows. Fewer than were asked for are no sign of the end, none are. */
    record QuarantinedRows(List<QuarantinedRow> rows) {}

    /**
     * A row that was refused.
     *
     * @param table the target
     * @param key names the row, for people; its place, where the reader refused it
     * @param code the database's own code of the refusal, or the reader's error code
     * @param form whose columns they are: the target's, or the source's; of what was not even read there are none
     * @param columns of the row, in the table's order
     * @param raw the row's bytes as the source has them, in base 64; null where it has columns, or is withheld
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record QuarantinedRow(
            SinkQuestions.QuarantinePlace place,
            TableName table,
            String key,
            String code,
            String reason,
            Instant at,
            RowForm form,
            List<QuarantinedValue> columns,
            @Nullable String raw) {}

    /**
     * One value.
     *
     * @param type in its notation
     * @param value in the type's text form
     */
    record QuarantinedValue(
            String column, String type, @Nullable String value) {}

    /** Which connection. */
    record TestConnection(String connection) {}

    /** Which table, as {@code schema.table}. */
    record PreviewTable(String connection, String table, int limit) {}
}
