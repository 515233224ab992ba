package io.godwit.planner.act;

import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;
import io.godwit.planner.store.Duties;
import io.godwit.planner.store.DutyKind;
import io.godwit.planner.store.Session;

/** Takes on duties, and wakes whoever does them once the transaction has committed. */
public final class Owing {
    private final Runnable wake;

    public Owing(Runnable wake) {
        this.wake = wake;
    }

    public void owe(Session session, RunId run, DutyKind kind) {
        Duties.owe(session, run, kind);
        session.afterCommit(wake);
    }

    public void owe(Session session, StepId step, DutyKind kind) {
        Duties.owe(session, step, kind);
        session.afterCommit(wake);
    }
}
