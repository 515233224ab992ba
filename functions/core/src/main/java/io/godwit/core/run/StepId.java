package io.godwit.core.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * One migrate step of one run: {@code RUN/STEP}. It is what a sink keeps one run row for: opened by prepare, closed in
 * the transaction that publishes, and kept as a tombstone.
 */
public record StepId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public StepId {
        String[] parts = value.split("/", -1);
        if (parts.length != 2 || parts[1].isEmpty()) {
            throw new IllegalArgumentException("not a step id: " + value);
        }
        new RunId(parts[0]);
    }

    public static StepId of(RunId run, String step) {
        return new StepId(run + "/" + step);
    }

    public RunId run() {
        return new RunId(value.substring(0, value.indexOf('/')));
    }

    /** The step's name. */
    public String step() {
        return value.substring(value.indexOf('/') + 1);
    }

    @Override
    public String toString() {
        return value;
    }
}
