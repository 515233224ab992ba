package io.godwit.local.command;

import io.godwit.core.question.PlannerQuestions.StartRun;
import io.godwit.core.question.PlannerQuestions.Started;
import io.godwit.core.run.RunState;
import java.util.Map;

/** Starts a run, or goes on with one that was cut off. */
final class Starting {
    private Starting() {}

    /** What was cut off was paused when this system started: whoever asks for it wants it to go on. */
    static Started run(Session session, StartRun question) {
        Started started = session.api().post("/runs", question, Started.class);
        session.console().note((started.continued() ? "continuing " : "run ") + started.run());
        return started.state() == RunState.PAUSED
                ? session.api().post("/runs/" + Api.word(started.run().value()) + "/resume", Map.of(), Started.class)
                : started;
    }
}
