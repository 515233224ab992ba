package io.godwit.planner.act;

import io.godwit.core.job.Job;
import io.godwit.core.job.Migrate;
import java.util.Set;
import java.util.TreeSet;

/** Which connections a job names. */
public final class Connections {
    private Connections() {}

    public static Set<String> namedBy(Job job) {
        Set<String> names = new TreeSet<>();
        for (Job.Step step : job.steps()) {
            step.migrate().from().stream().map(Migrate.From::connection).forEach(names::add);
            step.migrate().targets().stream().map(Migrate.To::connection).forEach(names::add);
        }
        return names;
    }
}
