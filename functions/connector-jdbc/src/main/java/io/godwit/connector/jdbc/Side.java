package io.godwit.connector.jdbc;

import io.godwit.core.error.ErrorCode;

/** Which end of a migration a connection serves; the same failure has another code on each. */
public enum Side {
    SOURCE(
            ErrorCode.SOURCE_UNREACHABLE,
            ErrorCode.SOURCE_LOGIN_REFUSED,
            ErrorCode.SOURCE_INTERRUPTED,
            ErrorCode.SOURCE_REFUSED,
            ErrorCode.SOURCE_TABLE_NOT_FOUND),
    SINK(
            ErrorCode.SINK_UNREACHABLE,
            ErrorCode.SINK_LOGIN_REFUSED,
            ErrorCode.SINK_INTERRUPTED,
            ErrorCode.SINK_REFUSED,
            ErrorCode.TARGET_TABLE_NOT_FOUND);

    private final ErrorCode unreachable;
    private final ErrorCode loginRefused;
    private final ErrorCode interrupted;
    private final ErrorCode refused;
    private final ErrorCode tableNotFound;

    Side(
            ErrorCode unreachable,
            ErrorCode loginRefused,
            ErrorCode interrupted,
            ErrorCode refused,
            ErrorCode tableNotFound) {
        this.unreachable = unreachable;
        this.loginRefused = loginRefused;
        this.interrupted = interrupted;
        this.refused = refused;
        this.tableNotFound = tableNotFound;
    }

    public ErrorCode unreachable() {
        return unreachable;
    }

    public ErrorCode loginRefused() {
        return loginRefused;
    }

    /** Broken off, or asked to try again: transient. */
    public ErrorCode interrupted() {
        return interrupted;
    }

    public ErrorCode refused() {
        return refused;
    }

    public ErrorCode tableNotFound() {
        return tableNotFound;
    }
}
