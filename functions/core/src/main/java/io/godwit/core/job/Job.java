package io.godwit.core.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job as its file states it: parameters not yet resolved, patterns not yet matched.
 *
 * @param parameters defaults by name; a request may override them
 * @param concurrency subtasks read at once by one run; null for the default
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Job(
        String name,
        List<Step> steps,
        @Nullable Schedule schedule,
        Map<String, String> parameters,
        @Nullable String identity,
        List<String> after,
        @Nullable Integer concurrency) {

    @SuppressWarnings("NullAway") // absent in JSON
    public Job {
        steps = List.copyOf(steps);
        parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
        after = after == null ? List.of() : List.copyOf(after);
    }

    /**
     * One operator of the job's DAG.
     *
     * @param needs names of the steps that must have ended before; null: the step before this one in the file
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Step(String name, @Nullable List<String> needs, Migrate migrate) {
        @SuppressWarnings("NullAway")
        public Step {
            needs = needs == null ? null : List.copyOf(needs);
        }

        /**
         * As it runs: one step for each target, of its own run row in its own sink. The first keeps the name, the
         * others are called {@code NAME.2} and so on, which no job file may call a step.
         */
        public List<Step> perTarget() {
            List<Step> steps = new ArrayList<>();
            for (Migrate.To target : migrate.targets()) {
                String suffix = steps.isEmpty() ? "" : "." + (steps.size() + 1);
                steps.add(new Step(name + suffix, needs, migrate.into(target)));
            }
            return steps;
        }
    }

    /** When a job runs by itself; the zone also dates its parameters. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Schedule(@Nullable String cron, @Nullable String timeZone) {}
}
