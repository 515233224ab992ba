package io.godwit.core.ledger;

import static io.godwit.core.error.ErrorCode.EXCHANGE_RECORDS_LOST;
import static io.godwit.core.error.ErrorCode.ROW_REFUSED;
import static io.godwit.core.error.ErrorCode.SINK_INTERRUPTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.ErrorInfo;
import io.godwit.core.event.Event.SubtaskFailed;
import io.godwit.core.event.Event.SubtaskWrite;
import io.godwit.core.event.Event.SubtaskWritten;
import io.godwit.core.exchange.BatchRange;
import io.godwit.core.exchange.Lane;
import io.godwit.core.ledger.WriteProtocol.Observation;
import io.godwit.core.ledger.WriteProtocol.Outcome;
import io.godwit.core.ledger.WriteProtocol.Step;
import io.godwit.core.run.AttemptId;
import io.godwit.core.run.Digest;
import io.godwit.core.run.RunId;
import io.godwit.core.run.StepId;
import io.godwit.core.run.SubtaskId;
import io.godwit.core.run.Tally;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WriteProtocolTest {
    private static final SubtaskId SUBTASK = SubtaskId.of(StepId.of(RunId.of("job", Instant.EPOCH), "copy"), 0, 7);
    private static final Tally READ = new Tally(3, 30, new Digest(33));
    private static final SubtaskWrite EVENT = new SubtaskWrite(
            SUBTASK, "plan", "default", new AttemptId("a"), new BatchRange(new Lane("rows", 0), 4, 5, 2), READ, 2);

    private final WriteProtocol protocol = new WriteProtocol(EVENT);

    @Test
    void quarantinedRowsAreNotCountedAsWritten() {
        Tally quarantined = new Tally(1, 10, new Digest(11));

        Step commit = protocol.next(new Step.Finish(), new Observation.Finished(quarantined));

        assertThat(commit)
                .isEqualTo(new Step.Commit(
                        new LedgerRow(SUBTASK, new AttemptId("a"), new Tally(2, 20, new Digest(22)), quarantined)));
    }

    @Test
    void rowRefusedByTheSinkIsBlamedOnTheSinkOnlyWhenItIsTheRowThatWasRead() {
        ErrorInfo refusal = new ErrorInfo(ROW_REFUSED, "orders: id 5 is twice", "");
        Tally altered = new Tally(3, 30, new Digest(34));

        assertThat(codeAfter(new Step.Stream(), new Observation.Streamed(READ, refusal)))
                .isEqualTo(ROW_REFUSED);
        assertThat(codeAfter(new Step.Stream(), new Observation.Streamed(altered, refusal)))
                .isEqualTo(EXCHANGE_RECORDS_LOST);
    }

    @Test
    void commitOfUnknownFateReportsNothing() {
        ErrorInfo broken = new ErrorInfo(SINK_INTERRUPTED, "connection reset", "");
        Step commit = new Step.Commit(new LedgerRow(SUBTASK, new AttemptId("a"), READ, Tally.ZERO));

        Step next = protocol.next(commit, new Observation.Failed(broken));

        assertThat(next).isEqualTo(new Step.RollBack(new Outcome.Again(broken)));
        assertThat(protocol.reply(new Outcome.Again(broken), 1)).isEmpty();
    }

    @Test
    void subtaskWrittenBeforeIsReportedWithTheAttemptThatTheLedgerNames() {
        LedgerRow before = new LedgerRow(SUBTASK, new AttemptId("b"), READ, Tally.ZERO);

        Step next = protocol.next(new Step.Claim(before), new Observation.LedgerHolds(before));

        Outcome outcome = new Outcome.Written(before, false);
        assertThat(next).isEqualTo(new Step.RollBack(outcome));
        assertThat(protocol.reply(outcome, 99))
                .contains(new SubtaskWritten(SUBTASK, new AttemptId("b"), READ, Tally.ZERO, 0));
    }

    @Test
    void refusalNamesPhaseAttemptAndDispatch() {
        ErrorInfo lost = new ErrorInfo(EXCHANGE_RECORDS_LOST, "gone", "");

        assertThat(protocol.reply(new Outcome.Refused(lost), 0))
                .contains(new SubtaskFailed(SUBTASK, SubtaskFailed.Phase.WRITE, new AttemptId("a"), 2, lost));
    }

    @Test
    void observationThatDoesNotBelongToTheStepIsADefect() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> protocol.next(new Step.Begin(), new Observation.Finished(Tally.ZERO)));
    }

    private ErrorCode codeAfter(Step step, Observation seen) {
        return protocol.next(step, seen) instanceof Step.RollBack rollBack
                        && rollBack.outcome() instanceof Outcome.Refused refused
                ? refused.error().code()
                : ErrorCode.DEFECT;
    }
}
