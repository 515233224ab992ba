package io.godwit.local.command;

import java.time.Instant;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** All the words of the command. */
public final class Commands {
    private Commands() {}

    /** The command line, ready to parse. */
    public static CommandLine line() {
        CommandLine line = new CommandLine(new Root())
                .addSubcommand(new DemoCommand())
                .addSubcommand(new PlanCommand())
                .addSubcommand(new RunCommand())
                .addSubcommand(new ApplyCommand())
                .addSubcommand(new JobsCommand())
                .addSubcommand(new RunsCommand())
                .addSubcommand(new StatusCommand())
                .addSubcommand(new WatchCommand())
                .addSubcommand(new ControlCommand.Pause())
                .addSubcommand(new ControlCommand.Resume())
                .addSubcommand(new ControlCommand.Cancel())
                .addSubcommand(new ControlCommand.Retry())
                .addSubcommand(new ValidateCommand())
                .addSubcommand(new QuarantineCommand())
                .addSubcommand(new DeadLettersCommand())
                .addSubcommand(new TestCommand())
                .addSubcommand(new PreviewCommand())
                .addSubcommand(new UpCommand())
                .addSubcommand(new DoctorCommand());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.registerConverter(Instant.class, Inputs::time);
        line.setUsageHelpWidth(100);
        return line;
    }

    /** The word of a command and a blank, or nothing for the root: to name it in a hint. */
    public static String word(CommandLine line) {
        return line.getParent() == null ? "" : line.getCommandName() + " ";
    }

    /** Which server the command line names. */
    public static ServerOptions server(CommandLine line) {
        return ((Root) line.getCommand()).server;
    }

    @Command(
            name = "godwit",
            synopsisSubcommandLabel = "COMMAND",
            versionProvider = Version.class,
            description = "Moves data between databases, exactly once, with a plan before and a proof after.",
            footer = {
                "",
                "Try it:  godwit demo",
                "A cluster's: godwit --server URL COMMAND, with a token in $GODWIT_TOKEN or --token-file.",
                "Exit codes: 0 done; 1 failed; 2 the file or the command line is wrong; 3 differences;",
                "            4 done with quarantined rows."
            })
    static final class Root {
        @Mixin
        ServerOptions server = new ServerOptions();

        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                description = "show this help")
        boolean help;

        @Option(
                names = {"-V", "--version"},
                versionHelp = true,
                description = "show the version")
        boolean version;
    }
}
