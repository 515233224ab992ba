package io.godwit.connector.sqlite;

import io.godwit.connector.MalformedRow;
import io.godwit.connector.RowConsumer;
import io.godwit.connector.Sink;
import io.godwit.connector.jdbc.JdbcSession;
import io.godwit.connector.jdbc.KeyRangeSql;
import io.godwit.connector.jdbc.Side;
import io.godwit.connector.jdbc.sink.SinkStep;
import io.godwit.connector.jdbc.sink.SinkTarget;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.plan.Split;
import io.godwit.core.plan.TablePlan;
import io.godwit.core.question.SinkQuestions.CloseStep;
import io.godwit.core.question.SinkQuestions.Ledger;
import io.godwit.core.question.SinkQuestions.Preparation;
import io.godwit.core.question.SinkQuestions.PrepareStep;
import io.godwit.core.question.SinkQuestions.PublishStep;
import io.godwit.core.question.SinkQuestions.Published;
import io.godwit.core.question.SinkQuestions.QuarantinePage;
import io.godwit.core.question.SinkQuestions.QuarantineQuestion;
import io.godwit.core.question.SinkQuestions.VoidSubtasks;
import io.godwit.core.question.SourceQuestions.ConnectionReport;
import io.godwit.core.run.StepId;
import io.godwit.core.table.TableDescription;
import io.godwit.core.table.TableName;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A SQLite file as a sink. What it keeps there is said at {@link SqliteSinkSchema}. */
final class SqliteSink implements Sink {
    private final SqliteFile file;
    private final SqliteErrors errors;
    private final SqliteSinkSchema tables = new SqliteSinkSchema();
    private @Nullable SqliteSession session;

    SqliteSink(SqliteFile file) {
        this.file = file;
        this.errors = new SqliteErrors(Side.SINK, file);
    }

    @FunctionalInterface
    private interface Work<T> {
        T run(SqliteSession session) throws SQLException;
    }

    @Override
    public ConnectionReport test() {
        long start = System.nanoTime();
        return looking("testing", open -> SqliteSource.report(open, start));
    }

    @Override
    public List<TableDescription> describe(List<TableName> tables) {
        return looking("describing tables", open -> new SqliteCatalog(open, database(), false, true).describe(tables));
    }

    @Override
    public Preparation previewPreparation(PrepareStep question) {
        return looking(
                "previewing step " + question.step(),
                open -> new SqliteSinkPreparation(open, true, database()).prepare(question));
    }

    @Override
    public Preparation prepare(PrepareStep question) {
        StepId step = question.step();
        return changing("preparing step " + step, true, open -> {
            tables.install(open);
            SinkStep own = step(open, step);
            Optional<Preparation> before = own.answered(question);
            if (before.isPresent()) {
                return before.get();
            }
            Preparation preparation = new SqliteSinkPreparation(open, false, database()).prepare(question);
            own.answer(question, preparation);
            return preparation;
        });
    }

    @Override
    public Published publish(PublishStep question) {
        StepId step = question.step();
        return changing("publishing step " + step, false, open -> {
            SinkStep own = step(open, step);
            Optional<Published> before = own.answered(question);
            if (before.isPresent()) {
                return before.get();
            }
            Published published = new SqliteSinkPublication(open, tables, database()).publish(question);
            own.answer(published);
            return published;
        });
    }

    @Override
    public Ledger close(CloseStep question) {
        StepId step = question.step();
        return changing("closing step " + step, false, open -> {
            SinkStep own = step(open, step);
            if (own.close(question)) {
                SqliteSinkPublication.dropAsides(open, step);
            }
            return own.ledger();
        });
    }

    @Override
    public QuarantinePage quarantine(QuarantineQuestion question) {
        return looking(
                "reading the quarantine of step " + question.step(),
                open -> tables.areThere(open)
                        ? tables.quarantined(open).read(question)
                        : new QuarantinePage(List.of()));
    }

    @Override
    public Ledger reopen(CloseStep question) {
        StepId step = question.step();
        return changing(
                "reopening step " + step, false, open -> step(open, step).reopen(question));
    }

    @Override
    public Ledger voidUnwritten(VoidSubtasks question) {
        StepId step = question.step();
        return changing(
                "voiding subtasks of step " + step,
                false,
                open -> step(open, step).voidUnwritten(question));
    }

    @Override
    public Ledger ledger(StepId step) {
        return looking(
                "reading the ledger of step " + step, open -> step(open, step).ledger());
    }

    @Override
    public Transaction begin(TablePlan table, Duration most) {
        return new SqliteSinkTransaction(session(false), errors, tables, SinkTarget.schemaless(table), most);
    }

    @Override
    public void scan(TablePlan table, @Nullable Split split, RowConsumer rows) {
        SinkTarget target = SinkTarget.schemaless(table);
        List<SqliteSelect.Selected> columns = table.columns().stream()
                .map(column -> new SqliteSelect.Selected(
                        column.target(), column.wireType(), SqliteTypes.isAny(column.targetNativeType())))
                .toList();
        String where = split instanceof Split.KeyRange range
                ? " WHERE " + KeyRangeSql.condition(range, new SqliteScanWords(target))
                : "";
        String doing = "reading back " + table.target().display();
        looking(doing, open -> {
            new SqliteSelect(columns, Long.MAX_VALUE)
                    .read(
                            open,
                            "FROM " + Quoting.table(target.name()) + where,
                            new ReadBack(doing),
                            open.eachWithin(file.options().timeout(), rows));
            return true;
        });
    }

    /** A row of the target that is none of its columns' types was put there by somebody else. */
    private record ReadBack(String doing) implements SqliteSelect.Unreadable {

        @Override
        public GodwitException tooLarge(byte[] tuple, int length, long bytes) {
            return new GodwitException(ErrorCode.DEFECT, "a row without limit", "");
        }

        @Override
        public MalformedRow unfit(byte[] tuple, int length, SqliteSelect.Selected column, String reason, byte[] raw) {
            return new MalformedRow(
                    doing,
                    "column " + column.name() + " holds " + reason,
                    "Mend the row: it is not what this connector writes.",
                    raw);
        }
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
            session = null;
        }
    }

    private String database() {
        return file.connection().database();
    }

    private SinkStep step(JdbcSession open, StepId step) {
        return new SinkStep(open, tables, step);
    }

    /**
     * Opened at the first use, and again where the one before was lost, or was one with a file that was not there.
     *
     * @param makes whether a file that is not there may be made
     */
    private SqliteSession session(boolean makes) {
        try {
            if (session != null && (session.isClosed() || session.isMoved() || session.isStandIn())) {
                close();
            }
            if (session == null) {
                session = SqliteSessions.sink(file, makes);
            }
            return session;
        } catch (SQLException e) {
            throw errors.during(e, "opening a session");
        }
    }

    private <T> T looking(String doing, Work<T> work) {
        return transaction(doing, session(false), SqliteSession::beginReading, work);
    }

    /** @param makes whether a file that is not there may be made */
    private <T> T changing(String doing, boolean makes, Work<T> work) {
        return transaction(doing, session(makes), SqliteSession::beginWriting, work);
    }

    @FunctionalInterface
    private interface Beginning {
        void in(SqliteSession session) throws SQLException;
    }

    private <T> T transaction(String doing, SqliteSession open, Beginning beginning, Work<T> work) {
        try {
            beginning.in(open);
            open.within(file.options().timeout());
            T result = work.run(open);
            open.commit();
            return result;
        } catch (SQLException e) {
            boolean overdue = open.isOverdue();
            open.rollbackQuietly();
            if (open.isAbandoned()) {
                throw errors.abandoned(e, doing);
            }
            throw overdue ? errors.overdue(e, doing) : errors.during(e, doing);
        } catch (RuntimeException e) {
            open.rollbackQuietly();
            throw e;
        }
    }
}
