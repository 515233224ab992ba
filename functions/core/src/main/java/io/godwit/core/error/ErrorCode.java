package io.godwit.core.error;

import static io.godwit.core.error.ErrorKind.EXCHANGE;
import static io.godwit.core.error.ErrorKind.INTERNAL;
import static io.godwit.core.error.ErrorKind.SINK;
import static io.godwit.core.error.ErrorKind.SOURCE;
import static io.godwit.core.error.ErrorKind.USER;

/**
 * Every error that Godwit reports. A transient code is worth another attempt; a permanent one is not, and becomes an
 * event at once.
 */
public enum ErrorCode {
    /** The command line has an unknown command, option or too few words. */
    COMMAND_LINE_INVALID(USER, false),
    /** A server was asked without a token, or with one that does not count there. */
    UNAUTHENTICATED(USER, false),
    /** A server knows the caller, and does not allow this. */
    FORBIDDEN(USER, false),
    /** The job file is not well-formed YAML or JSON. */
    JOB_FILE_MALFORMED(USER, false),
    /** The job file breaks its schema: an unknown key, a missing one, a value of the wrong form. */
    JOB_FILE_INVALID(USER, false),
    /** A job names a connection that no document and no catalog entry defines. */
    CONNECTION_UNKNOWN(USER, false),
    /** A connection is of a type that no connector on the class path serves. */
    CONNECTOR_UNKNOWN(USER, false),
    /** A connection carries an option that its connector does not allow. */
    CONNECTION_OPTION_REFUSED(USER, false),
    /** A secret's reference points nowhere: no such variable, file or key. */
    SECRET_NOT_FOUND(USER, false),
    /** A parameter is unknown, or its pattern or offset cannot be read. */
    PARAMETER_INVALID(USER, false),
    /** No table of the source matches the job's patterns. */
    NO_TABLE_MATCHES(USER, false),
    /** A column that the mapping names is not in the source. */
    SOURCE_COLUMN_NOT_FOUND(USER, false),
    /** A column that the mapping writes is not in the target. */
    TARGET_COLUMN_NOT_FOUND(USER, false),
    /** A target column is NOT NULL, has no default, and the mapping gives it no value. */
    TARGET_COLUMN_WITHOUT_VALUE(USER, false),
    /** Values of the source's type cannot all be held by the target's type. */
    TYPE_INCOMPATIBLE(USER, false),
    /** Two source tables of one step, or two steps, would write one target that they may not share. */
    TARGET_DUPLICATE(USER, false),
    /** A table would be copied onto itself. */
    SELF_COPY(USER, false),
    /** The target table does not exist and the job does not allow creating it. */
    TARGET_TABLE_NOT_FOUND(USER, false),
    /** The write mode needs a key and there is none, or the key named is not unique in the target. */
    KEY_REQUIRED(USER, false),
    /** What the job asks for is not something that this connector can do. */
    NOT_SUPPORTED(USER, false),
    /** No job, run or connection of that name. */
    NOT_FOUND(USER, false),
    /** The run is in a state in which this cannot be done. */
    RUN_STATE_REFUSES(USER, false),
    /** The source's table vanished, or was never there. */
    SOURCE_TABLE_NOT_FOUND(SOURCE, false),
    /** No connection to the source: host, port or network. */
    SOURCE_UNREACHABLE(SOURCE, true),
    /** The source refused the user or the password. */
    SOURCE_LOGIN_REFUSED(SOURCE, false),
    /** The source refused a statement. */
    SOURCE_REFUSED(SOURCE, false),
    /** The source broke off in the middle, or asked to try again. */
    SOURCE_INTERRUPTED(SOURCE, true),
    /** The snapshot that a run reads from is gone: its holder ended. */
    SOURCE_SNAPSHOT_LOST(SOURCE, false),
    /** A file is not what it was when the run was planned. */
    SOURCE_CHANGED(SOURCE, false),
    /** A row is larger than the configured limit. */
    ROW_TOO_LARGE(SOURCE, false),
    /** A subtask took longer than a request may: it is replaced by parts of it, unless it has none. */
    SUBTASK_TOO_LARGE(INTERNAL, false),
    /** A mapping could not be applied to a row. */
    ROW_NOT_CONVERTIBLE(SOURCE, false),
    /** No connection to the sink: host, port or network. */
    SINK_UNREACHABLE(SINK, true),
    /** The sink refused the user or the password. */
    SINK_LOGIN_REFUSED(SINK, false),
    /** The sink refused a statement. */
    SINK_REFUSED(SINK, false),
    /** The sink broke off in the middle, or asked to try again. */
    SINK_INTERRUPTED(SINK, true),
    /** The sink refused a row: a constraint, a type, a trigger. */
    ROW_REFUSED(SINK, false),
    /** More rows were refused than the job's quarantine allows. */
    QUARANTINE_FULL(SINK, false),
    /** The run's row in the sink is closed: the event came after the run's end. */
    RUN_CLOSED(SINK, false),
    /** The sink has never heard of the run: it was not prepared, or what Godwit keeps in the sink was deleted. */
    RUN_NOT_PREPARED(SINK, false),
    /** The subtask was voided in the ledger: the run was cancelled or failed, or the subtask was replaced by others. */
    SUBTASK_VOID(SINK, false),
    /** A step was to be published, but the sink's ledger does not hold exactly the subtasks of its plan. */
    LEDGER_INCOMPLETE(SINK, false),
    /** The exchange could not be reached, or did not acknowledge in time. */
    EXCHANGE_UNREACHABLE(EXCHANGE, true),
    /** Announced records are gone from the exchange, or are not what was announced. The split must be read again. */
    EXCHANGE_RECORDS_LOST(EXCHANGE, false),
    /** The control store could not be reached. */
    CONTROL_STORE_UNREACHABLE(INTERNAL, true),
    /** A function could not be reached or did not answer in time. */
    FUNCTION_UNREACHABLE(INTERNAL, true),
    /** An event or a question that is not of the form that its schema states. */
    EVENT_MALFORMED(INTERNAL, false),
    /** A subtask was tried as often as allowed and never ended. */
    ATTEMPTS_EXHAUSTED(INTERNAL, false),
    /** Source and target differ. */
    ROWS_DIFFER(INTERNAL, false),
    /** A defect in Godwit. */
    DEFECT(INTERNAL, false);

    private final ErrorKind kind;
    private final boolean transientError;

    ErrorCode(ErrorKind kind, boolean transientError) {
        this.kind = kind;
        this.transientError = transientError;
    }

    public ErrorKind kind() {
        return kind;
    }

    /** Whether the same attempt may succeed later with nothing changed by anybody. */
    public boolean isTransient() {
        return transientError;
    }
}
