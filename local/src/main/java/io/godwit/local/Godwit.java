package io.godwit.local;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.local.command.Address;
import io.godwit.local.command.Api;
import io.godwit.local.command.ApiCommand;
import io.godwit.local.command.CommandLineErrors;
import io.godwit.local.command.Commands;
import io.godwit.local.command.Needs;
import io.godwit.local.command.OutcomeCommand;
import io.godwit.local.command.Session;
import io.godwit.local.home.Home;
import io.godwit.local.report.Console;
import io.godwit.local.report.ExitCodes;
import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The {@code godwit} command. It talks to the system that runs here; where none runs, it starts one, uses it, and stops
 * it again.
 */
@QuarkusMain
public final class Godwit {
    /** How long a process may take to end. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration PAUSE = Duration.ofMillis(200);

    private Godwit() {}

    public static void main(String... args) {
        PrintStream out = utf8(FileDescriptor.out);
        PrintStream err = utf8(FileDescriptor.err);
        // The script knows whether it writes to a terminal; the JVM only learnt to tell in 22.
        boolean terminal = Boolean.getBoolean("godwit.terminal");
        CommandLine line = Commands.line();
        ParseResult parsed;
        try {
            parsed = line.parseArgs(args);
        } catch (ParameterException e) {
            new Console(out, err, terminal, false).error(CommandLineErrors.of(e));
            System.exit(2);
            return;
        }
        if (CommandLine.printHelpIfRequested(parsed)) {
            System.exit(0);
        }
        if (!parsed.hasSubcommand()) {
            line.usage(out);
            System.exit(2);
        }
        Object command = parsed.subcommand().commandSpec().userObject();
        ApiCommand asked = (ApiCommand) command;
        Console console = new Console(out, err, terminal, asked.json());
        System.exit(guarded(console, () -> {
            Optional<Address> elsewhere = Commands.server(line).address(System.getenv());
            return elsewhere.isPresent() ? askElsewhere(asked, elsewhere.get(), console) : serve(asked, console);
        }));
    }

    /** Nothing of Godwit's is started or left on this machine. */
    private static int askElsewhere(ApiCommand command, Address server, Console console) {
        if (!command.onlyHere().isEmpty()) {
            throw new GodwitException(
                    ErrorCode.COMMAND_LINE_INVALID, command.onlyHere(), "Leave out --server, and unset GODWIT_SERVER.");
        }
        return command.runWith(new Session(new Api(server), console, null));
    }

    /** Runs a command against the system that is there, or one that is started for it. */
    private static int serve(ApiCommand command, Console console) {
        Home home = Home.open();
        if (command.needs() == Needs.NOTHING) {
            return command.runWith(new Session(Api.NONE, console, home));
        }
        Optional<Home.Server> server = home.server();
        if (server.isPresent() && !command.isServer()) {
            try {
                return command.runWith(new Session(new Api(server.get()), console, home));
            } catch (GodwitException e) {
                if (e.code() != ErrorCode.FUNCTION_UNREACHABLE) {
                    throw e;
                }
                ApiCommand next = command.followed()
                        .<ApiCommand>map(run -> new OutcomeCommand(command, run))
                        .orElse(command);
                return afterTheOther(home, next, console, e);
            }
        }
        return LocalSystem.run(home, command, console);
    }

    /**
     * The other process ends when its own command has, and may be quicker than its last answer: then it is our turn.
     */
    private static int afterTheOther(Home home, ApiCommand command, Console console, GodwitException gone) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            if (home.server().isEmpty()) {
                try {
                    return LocalSystem.run(home, command, console);
                } catch (GodwitException e) {
                    if (e.code() != ErrorCode.RUN_STATE_REFUSES) {
                        throw e;
                    }
                }
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        throw gone;
    }

    /** Turns whatever goes wrong into an error that says what, where and what next; and into an exit code. */
    static int guarded(Console console, IntSupplier work) {
        return guarded(console, ApplicationLifecycleManager::isVmShuttingDown, work);
    }

    /** @param ending whether this process was told to end: that its own server answers no more is no error then */
    static int guarded(Console console, BooleanSupplier ending, IntSupplier work) {
        try {
            return work.getAsInt();
        } catch (GodwitException e) {
            if (e.code() == ErrorCode.FUNCTION_UNREACHABLE && ending.getAsBoolean()) {
                console.note("Godwit is down.");
                return ExitCodes.of(e.code());
            }
            console.error(e.info());
            return ExitCodes.of(e.code());
        }
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
