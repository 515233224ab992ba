package io.godwit.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ends a process when this one ends, by whatever cause: a shell reads a pipe that only this process holds open. It
 * ignores the terminal's signals, as it must outlive us.
 */
final class Leash {

    // $1 process, $2 signal, $3 directory to delete after, or empty. After 15 s it is killed: nobody is left to mind.
    private static final String SCRIPT = """
            trap '' INT HUP TERM
            read -r nothing
            kill -"$2" "$1" 2>/dev/null || exit 0
            tries=0
            while kill -0 "$1" 2>/dev/null; do
              tries=$((tries + 1))
              if [ "$tries" -gt 150 ]; then kill -KILL "$1"; break; fi
              sleep 0.1
            done
            if [ -n "$3" ]; then rm -rf "$3"; fi
            """;

    private final Process shell;

    private Leash(Process shell) {
        this.shell = shell;
    }

    /**
     * Ties a process to this one.
     *
     * @param signal what ends it in order, such as INT
     * @param deleteAfter a directory to delete once it has ended, or null
     */
    static Leash of(long pid, String signal, @Nullable Path deleteAfter) {
        String directory = deleteAfter == null ? "" : deleteAfter.toString();
        try {
            Process shell = new ProcessBuilder(
                            List.of("sh", "-c", SCRIPT, "godwit-leash", Long.toString(pid), signal, directory))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new Leash(shell);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start sh, which is to end process " + pid + " with this one", e);
        }
    }

    /** Lets go, without a signal. */
    void release() {
        shell.destroyForcibly();
    }
}
