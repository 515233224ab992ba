package io.godwit.platform.jobfile;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.NearestWord;
import io.godwit.core.job.ByteSize;
import io.godwit.core.job.Parameters;
import io.godwit.platform.cron.CronSchedule;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the schema of jobs cannot say: names that must agree, the DAG, schedules and parameters. Steps:
 * {@link MigrateChecks}.
 */
final class JobChecks {
    private final Cursor job;
    private final Problems problems;

    private JobChecks(Cursor job, Problems problems) {
        this.job = job;
        this.problems = problems;
    }

    /**
     * Notes what is wrong.
     *
     * @param connections names of the file's and the catalog's connections; null: not known, so not checked
     */
    static void check(Cursor job, @Nullable Set<String> connections, Problems problems) {
        JobChecks checks = new JobChecks(job, problems);
        checks.schedule();
        checks.parameters();
        checks.after();
        checks.steps();
        Set<String> declared = Set.copyOf(job.at("parameters").keys());
        for (Cursor step : job.at("steps").items()) {
            new MigrateChecks(step.at("migrate"), connections, declared, problems).check();
        }
    }

    private void schedule() {
        Cursor cron = job.at("schedule").at("cron");
        cron.text().ifPresent(text -> problems.check(cron, () -> CronSchedule.parse(text, ZoneOffset.UTC)));
        Cursor zone = job.at("schedule").at("timeZone");
        zone.text().ifPresent(name -> {
            try {
                ZoneId.of(name);
            } catch (DateTimeException e) {
                problems.add(
                        zone,
                        ErrorCode.JOB_FILE_INVALID,
                        "unknown time zone " + name,
                        NearestWord.of(name, new TreeSet<>(ZoneId.getAvailableZoneIds()))
                                .map(word -> "Did you mean " + word + "?")
                                .orElse("Write a name such as Europe/Berlin, or UTC."));
            }
        });
    }

    private void parameters() {
        Cursor parameters = job.at("parameters");
        for (String name : parameters.keys()) {
            Cursor value = parameters.at(name);
            value.text().ifPresent(text -> problems.check(value, () -> Parameters.sample(text, Set.of(), false)));
        }
    }

    private void after() {
        for (Cursor other : job.at("after").items()) {
            if (other.text().isPresent() && other.text().equals(job.at("name").text())) {
                problems.add(other, ErrorCode.JOB_FILE_INVALID, "a job cannot run after itself", "");
            }
        }
    }

    private void steps() {
        Map<String, List<String>> needs = new HashMap<>();
        List<Cursor> steps = job.at("steps").items();
        boolean known = true;
        for (Cursor step : steps) {
            String name = step.at("name").text().orElse("");
            if (needs.put(name, step.at("needs").texts()) != null) {
                known = false;
                problems.add(
                        step.at("name"),
                        ErrorCode.JOB_FILE_INVALID,
                        "a second step of the name " + name,
                        "Rename one.");
            }
        }
        for (Cursor step : steps) {
            for (Cursor need : step.at("needs").items()) {
                String name = need.text().orElse("");
                if (!name.isEmpty() && !needs.containsKey(name)) {
                    known = false;
                    problems.add(
                            need,
                            ErrorCode.JOB_FILE_INVALID,
                            "no step of the name " + name,
                            NearestWord.remedy(name, new TreeSet<>(needs.keySet())));
                }
            }
        }
        if (known) {
            cycle(steps, needs);
        }
    }

    private void cycle(List<Cursor> steps, Map<String, List<String>> needs) {
        // A step without needs: comes after the one before it, which is an edge of the DAG as any other.
        String before = null;
        for (Cursor step : steps) {
            String name = step.at("name").text().orElse("");
            if (before != null && !step.at("needs").present()) {
                needs.put(name, List.of(before));
            }
            before = name;
        }
        Set<String> ended = new HashSet<>();
        while (needs.entrySet().removeIf(step -> ended.containsAll(step.getValue()) && ended.add(step.getKey()))) {
            // Each round takes out what waits for nothing any more.
        }
        steps.stream()
                .filter(step -> needs.containsKey(step.at("name").text().orElse("")))
                .findFirst()
                .ifPresent(step -> problems.add(
                        step.at("needs").present() ? step.at("needs") : step,
                        ErrorCode.JOB_FILE_INVALID,
                        "steps wait for one another: " + String.join(", ", new TreeSet<>(needs.keySet())),
                        "Take one need out of the circle; a step without needs waits for the one before it."));
    }

    static void size(Cursor size, Problems problems) {
        size.text().ifPresent(text -> problems.check(size, () -> ByteSize.parse(text)));
    }
}
