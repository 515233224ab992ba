package io.godwit.serving;

import io.godwit.core.event.Event;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.RunId;
import io.godwit.core.run.SubtaskId;
import io.godwit.platform.trace.Traces;
import org.jboss.logging.MDC;

/** What every log line of this thread, and its span, says beside its words: ids only. */
public final class LogFields {
    static final String RUN = "run";
    static final String SUBTASK = "subtask";
    static final String ATTEMPT = "attempt";

    private LogFields() {}

    /** What the event is about. */
    static void set(Event event) {
        if (event instanceof Event.SubtaskRead read) {
            set(read.subtask());
        } else if (event instanceof Event.RowsReady ready) {
            set(ready.subtask());
            set(ready.attempt());
        } else if (event instanceof Event.SubtaskWrite write) {
            set(write.subtask());
            set(write.attempt());
        } else if (event instanceof Event.SubtaskWritten written) {
            set(written.subtask());
            set(written.attempt());
        } else if (event instanceof Event.SubtaskFailed failed) {
            set(failed.subtask());
        } else if (event instanceof Event.RunControlled controlled) {
            set(controlled.run());
        }
    }

    /** The attempt, once it has an id. */
    public static void set(AttemptId attempt) {
        put(ATTEMPT, attempt.value());
    }

    static void clear() {
        MDC.remove(RUN);
        MDC.remove(SUBTASK);
        MDC.remove(ATTEMPT);
    }

    private static void set(SubtaskId subtask) {
        set(subtask.run());
        put(SUBTASK, subtask.value());
    }

    private static void set(RunId run) {
        put(RUN, run.value());
    }

    private static void put(String name, String id) {
        MDC.put(name, id);
        Traces.attribute("godwit." + name, id);
    }
}
