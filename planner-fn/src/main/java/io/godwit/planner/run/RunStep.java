package io.godwit.planner.run;

/** What a signal makes of a run. */
public sealed interface RunStep {

    /** It stands elsewhere now. */
    record Moved(RunStatus to) implements RunStep {}

    /** It stands where it stood. */
    record Ignored() implements RunStep {}

    /** Nobody may ask that of a run that stands so. */
    record Refused() implements RunStep {}
}
