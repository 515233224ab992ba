package io.godwit.local.command;

import io.godwit.local.home.Home;
import io.godwit.local.report.Console;

/** What a command works with. */
public record Session(Api api, Console console, Home home) {}
