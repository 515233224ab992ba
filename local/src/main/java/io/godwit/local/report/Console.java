package io.godwit.local.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.godwit.core.error.ErrorInfo;
import io.godwit.platform.json.Json;
import java.io.PrintStream;

/**
 * Where a command prints. Results go to standard output, everything else to standard error; with {@code -o json}
 * standard output is one JSON object. Colours and live lines only on a terminal.
 */
public final class Console {
    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;
    private final boolean json;
    private int liveLines;

    public Console(PrintStream out, PrintStream err, boolean terminal, boolean json) {
        this.out = out;
        this.err = err;
        this.terminal = terminal && !json;
        this.json = json;
    }

    public boolean isTerminal() {
        return terminal;
    }

    public boolean isJson() {
        return json;
    }

    /** A line of the result, for people; silent where the result is JSON. */
    public void line(String text) {
        if (!json) {
            clearLive();
            out.println(text);
        }
    }

    /** A line on what is going on, for people. */
    public void note(String text) {
        clearLive();
        err.println(text);
    }

    /** Replaces the lines that the last call drew; only on a terminal. */
    public synchronized void live(java.util.List<String> lines) {
        if (terminal) {
            clearLive();
            lines.forEach(out::println);
            out.flush();
            liveLines = lines.size();
        }
    }

    private synchronized void clearLive() {
        if (liveLines > 0) {
            out.print("\033[" + liveLines + "A\033[J");
            liveLines = 0;
        }
    }

    /** The result as JSON; silent where it is for people. */
    public void result(Object value) {
        if (json) {
            try {
                out.println(Json.mapper().writeValueAsString(value));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a result is always JSON", e);
            }
        }
    }

    /** What went wrong, and what to do. */
    public void error(ErrorInfo error) {
        clearLive();
        if (json) {
            result(new Failure(error));
        }
        err.println(bold(red("error " + error.code())) + "  " + error.message().stripTrailing());
        if (!error.remedy().isEmpty()) {
            err.println("  " + error.remedy());
        }
    }

    /** The JSON form of an error. */
    record Failure(ErrorInfo error) {}

    public String green(String text) {
        return paint("32", text);
    }

    public String red(String text) {
        return paint("31", text);
    }

    public String yellow(String text) {
        return paint("33", text);
    }

    public String bold(String text) {
        return paint("1", text);
    }

    public String dim(String text) {
        return paint("2", text);
    }

    private String paint(String code, String text) {
        return terminal ? "\033[" + code + "m" + text + "\033[0m" : text;
    }
}
