package io.godwit.local.command;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.local.home.Home;
import io.godwit.local.report.Console;
import org.jspecify.annotations.Nullable;

/**
 * What a command works with.
 *
 * @param here Godwit's folder; null for a command that asks a server elsewhere, and leaves nothing on this machine
 */
public record Session(Api api, Console console, @Nullable Home here) {
    Home home() {
        if (here == null) {
            throw new GodwitException(ErrorCode.DEFECT, "a command for this machine was sent elsewhere", "Report it.");
        }
        return here;
    }
}
