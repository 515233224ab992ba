package io.godwit.planner.answer;

import io.godwit.core.question.PlannerQuestions;
import io.godwit.core.question.SourceQuestions.ConnectionReport;
import io.godwit.core.question.SourceQuestions.Preview;
import io.godwit.planner.act.Controls;
import io.godwit.planner.act.Replays;
import io.godwit.planner.act.Requests;
import io.godwit.planner.store.Catalog;
import io.godwit.planner.store.ControlStore;

/** Answers what people ask the planner, each question with the part that knows. */
public final class PlannerAnswers implements PlannerQuestions {
    private final ControlStore store;
    private final Applying applying;
    private final Explaining explaining;
    private final Requests requests;
    private final Controls controls;
    private final Validating validating;
    private final Looking looking;
    private final Refused refused;
    private final Replays replays;

    public PlannerAnswers(
            ControlStore store,
            Applying applying,
            Explaining explaining,
            Requests requests,
            Controls controls,
            Validating validating,
            Looking looking,
            Refused refused,
            Replays replays) {
        this.store = store;
        this.applying = applying;
        this.explaining = explaining;
        this.requests = requests;
        this.controls = controls;
        this.validating = validating;
        this.looking = looking;
        this.refused = refused;
        this.replays = replays;
    }

    @Override
    public Applied apply(JobFile question) {
        return applying.apply(question);
    }

    @Override
    public Plans plan(PlanJob question) {
        return explaining.plan(question);
    }

    @Override
    public Started start(StartRun question) {
        return requests.start(question);
    }

    @Override
    public Started control(ControlRun question) {
        return controls.control(question.run(), question.action());
    }

    @Override
    public Jobs jobs(JobsQuestion question) {
        return new Jobs(store.transact(Catalog::summaries));
    }

    @Override
    public ValidationReport validate(ValidateRun question) {
        return validating.validate(question);
    }

    @Override
    public ConnectionReport test(TestConnection question) {
        return looking.test(question.connection());
    }

    @Override
    public Preview preview(PreviewTable question) {
        return looking.preview(question);
    }

    @Override
    public QuarantinedRows quarantined(QuarantinedOf question) {
        return refused.rows(question);
    }

    @Override
    public Started replay(ReplayRun question) {
        return replays.replay(question);
    }
}
