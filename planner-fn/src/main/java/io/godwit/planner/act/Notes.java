package io.godwit.planner.act;

import io.godwit.core.event.Fact;
import io.godwit.core.run.StepId;
import io.godwit.planner.store.Session;
import java.util.List;

/** Lines for people in a run's history. */
public final class Notes {
    /** What a note may hold: facts travel as events, which are small. */
    private static final int LONGEST = 2_000;

    /** How many notes one answer may bring. */
    private static final int MOST = 100;

    private Notes() {}

    /** Records what a reader or writer noted of a step. */
    public static void record(Session session, StepId step, List<String> notes) {
        for (String note : notes.subList(0, Math.min(notes.size(), MOST))) {
            record(session, step, note);
        }
        if (notes.size() > MOST) {
            record(session, step, "and " + (notes.size() - MOST) + " notes more");
        }
    }

    private static void record(Session session, StepId step, String note) {
        String text = step.step() + ": " + note;
        session.record(
                step.run(), new Fact.Noted(text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "..."));
    }
}
