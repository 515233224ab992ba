package io.godwit.local.command;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.ErrorInfo;
import java.util.List;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, in the words of its help. */
public final class CommandLineErrors {
    private CommandLineErrors() {}

    public static ErrorInfo of(ParameterException e) {
        return new ErrorInfo(
                ErrorCode.COMMAND_LINE_INVALID,
                message(e),
                "godwit " + Commands.word(e.getCommandLine()) + "--help shows how.");
    }

    private static String message(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched
                && e.getCommandLine().getParent() == null) {
            String word = unmatched.getUnmatched().get(0);
            if (!word.startsWith("-")) {
                List<String> meant = unmatched.getSuggestions();
                return "no command " + word + "." + (meant.isEmpty() ? "" : " Did you mean " + meant.get(0) + "?");
            }
        }
        String message = e.getMessage() == null ? "the command line cannot be read" : e.getMessage();
        // picocli's own words for a parameter without a value.
        return message.replace("option option", "option").replace("KEY=VALUE", "NAME=VALUE");
    }
}
