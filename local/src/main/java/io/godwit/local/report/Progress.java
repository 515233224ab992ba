package io.godwit.local.report;

import io.godwit.core.run.RunState;
import io.godwit.ops.RunView;
import io.godwit.ops.RunView.TableView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** How far a run is: a few live lines on a terminal, elsewhere a plain line every few seconds. */
public final class Progress {
    private static final long PLAIN_EVERY_NANOS = 5_000_000_000L;
    private static final int MOST_TABLES = 6;

    private final Console console;
    private final long startNanos = System.nanoTime();
    private long startRows = -1;
    private long startBytes;
    private long lastPlainNanos = startNanos;

    public Progress(Console console) {
        this.console = console;
    }

    public void show(RunView run) {
        if (startRows < 0) {
            // A continued run has rows from before: speed is what this command saw.
            startRows = run.total().written().rows();
            startBytes = run.total().written().bytes();
        }
        long now = System.nanoTime();
        if (console.isTerminal()) {
            console.live(lines(run, (now - startNanos) / 1e9));
        } else if (now - lastPlainNanos >= PLAIN_EVERY_NANOS) {
            lastPlainNanos = now;
            console.note(total(run, (now - startNanos) / 1e9));
        }
    }

    private List<String> lines(RunView run, double seconds) {
        List<TableView> busy = run.tables().stream()
                .filter(table -> table.subtasksWritten() < table.subtasks())
                .sorted(Comparator.comparingInt(TableView::subtasksRead).reversed())
                .limit(MOST_TABLES)
                .toList();
        List<String> lines = new ArrayList<>();
        for (TableView table : busy) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  %-32s %s %s rows  %d/%d subtasks",
                    shortened(table.source(), 32),
                    bar(table),
                    Amounts.rows(table.written().rows()),
                    table.subtasksWritten(),
                    table.subtasks()));
        }
        lines.add(total(run, seconds));
        return lines;
    }

    private String total(RunView run, double seconds) {
        TableView all = run.total();
        if (run.state() != RunState.RUNNING && all.subtasks() == 0) {
            return "  " + run.state().name().toLowerCase(Locale.ROOT) + " ...";
        }
        if (run.state() == RunState.PAUSED) {
            return String.format(
                    Locale.ROOT,
                    "  paused  %s rows  %d/%d subtasks",
                    Amounts.rows(all.written().rows()),
                    all.subtasksWritten(),
                    all.subtasks());
        }
        double rowsPerSecond = (all.written().rows() - startRows) / Math.max(0.1, seconds);
        double bytesPerSecond = (all.written().bytes() - startBytes) / Math.max(0.1, seconds);
        int left = all.subtasks() - all.subtasksWritten();
        int done = all.subtasksWritten();
        String eta = done == 0 || left == 0 ? "" : "  ETA " + Amounts.seconds(seconds * left / done);
        return String.format(
                Locale.ROOT,
                "  %s  %s rows  %s rows/s  %.1f MB/s  %d/%d subtasks%s",
                run.state().name().toLowerCase(Locale.ROOT),
                Amounts.rows(all.written().rows()),
                Amounts.rows(Math.round(rowsPerSecond)),
                bytesPerSecond / 1e6,
                done,
                all.subtasks(),
                eta);
    }

    private String bar(TableView table) {
        int width = 20;
        int written = table.subtasks() == 0 ? 0 : width * table.subtasksWritten() / table.subtasks();
        int read = table.subtasks() == 0 ? 0 : width * table.subtasksRead() / table.subtasks();
        return console.green("█".repeat(written))
                + console.dim("▒".repeat(Math.max(0, read - written)) + "·".repeat(width - Math.max(read, written)));
    }

    private static String shortened(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 1) + "…";
    }
}
