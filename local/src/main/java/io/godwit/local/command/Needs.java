package io.godwit.local.command;

/** What a command needs to be running. */
public enum Needs {
    /** Nothing: it looks at the machine only. */
    NOTHING,
    /** The functions and the control store. */
    FUNCTIONS,
    /** The exchange as well. */
    EVERYTHING
}
