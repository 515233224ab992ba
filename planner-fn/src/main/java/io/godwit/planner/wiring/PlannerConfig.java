package io.godwit.planner.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the planner goes about its work: {@code godwit.planner.*}. */
@ConfigMapping(prefix = "godwit.planner")
public interface PlannerConfig {
    Window window();

    Lease lease();

    Attempts attempts();

    Planning planning();

    Outbox outbox();

    Tick tick();

    Duty duty();

    Exchange exchange();

    /** What is under way at once, where neither connection nor job says. */
    interface Window {
        /** Reads of a source connection, over all runs. */
        @WithDefault("4")
        int reads();

        /** Writes into a sink connection, over all runs. */
        @WithDefault("2")
        int writes();

        /** Reads of a run. */
        @WithDefault("8")
        int concurrency();

        /** Bytes read and not yet written, per run. */
        @WithDefault("536870912")
        long bytes();
    }

    /** How long a reader or writer may be silent. */
    interface Lease {
        /** What anything may take. */
        @WithDefault("PT60S")
        Duration floor();

        /** The slowest pace that is taken for progress. */
        @WithDefault("1048576")
        long bytesPerSecond();

        /** What nothing may take. */
        @WithDefault("PT1H")
        Duration ceiling();
    }

    /** How often something may come to nothing before the run fails. */
    interface Attempts {
        /** A subtask. */
        @WithDefault("20")
        int subtask();

        /** Planning, preparing, publishing, closing. */
        @WithDefault("4")
        int duty();

        /** The wait after the first time; it doubles. */
        @WithDefault("PT1S")
        Duration backoff();

        /** The longest wait. */
        @WithDefault("PT2M")
        Duration longestBackoff();
    }

    /** How runs are planned. */
    interface Planning {
        /** Questions to readers at once. */
        @WithDefault("4")
        int questions();

        /** Bytes of source in a subtask, where the job does not say. */
        @WithDefault("67108864")
        long splitBytes();

        /** The largest row, in bytes of the wire's form. */
        @WithDefault("67108864")
        long rowBytes();
    }

    /** Events on their way to the broker. */
    interface Outbox {
        /** Publishers at once. */
        @WithDefault("4")
        int publishers();

        /** How long an event lies before a tick publishes it again. */
        @WithDefault("PT2M")
        Duration age();
    }

    /** Ticks of this process itself; off where somebody else ticks. */
    interface Tick {
        /** A duration, or {@code off}. */
        @WithDefault("off")
        String every();
    }

    /** Planning, preparing, publishing, closing. */
    interface Duty {
        /** How many at once. */
        @WithDefault("4")
        int workers();

        /** After how long another planner takes over from one that died. */
        @WithDefault("PT1M")
        Duration lease();
    }

    /** Rows on their way from readers to writers. */
    interface Exchange {
        /** Whether they are encrypted under a key of their run, which is destroyed when the run has ended. */
        @WithDefault("false")
        boolean sealed();
    }
}
