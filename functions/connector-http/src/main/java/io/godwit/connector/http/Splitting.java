package io.godwit.connector.http;

import io.godwit.core.plan.PlannedSplit;
import io.godwit.core.plan.Split;
import io.godwit.core.question.SourceQuestions.SourceSplits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a table is read in parts: only where its pages have numbers, and an answer says how many rows there are, by which
 * a change is told.
 */
final class Splitting {
    private static final String SHIFT = "; rows that come or go while it is read may shift its pages";

    private final HttpOptions options;
    private final TableReading reading;

    /** @param reading one that was not used yet */
    Splitting(HttpOptions options, TableReading reading) {
        this.options = options;
        this.reading = reading;
    }

    SourceSplits split(long splitBytes) throws IOException {
        boolean tagged = options.paging() == Paging.NONE;
        TableReading.Seen seen = reading.first((page, at, index) -> !tagged);
        Version version = new Version(
                tagged ? null : TableReading.total(options, seen),
                tagged ? seen.response().tag() : null);
        if (!options.paging().isNumbered() || version.total() == null) {
            return whole(version, seen);
        }
        long total = version.total();
        requirePages(seen.answer(), total);
        long bytes = seen.answer().rows() == 0
                ? 1
                : Math.max(1, seen.answer().bytes() / seen.answer().rows());
        long each = Math.max(1, splitBytes / bytes / options.pageSize()) * options.pageSize();
        List<PlannedSplit> splits = parts(version, 0, total, each, bytes);
        return new SourceSplits(
                splits,
                (splits.size() == 1 ? "not split: smaller than a split" : splits.size() + " ranges of pages") + ", "
                        + total + " rows by what the first answer says; another number later is refused");
    }

    /** Whether the interface has pages as the options say it has. */
    private void requirePages(Answer first, long total) throws IOException {
        long expected = Math.min(options.pageSize(), total);
        if (first.rows() < expected) {
            throw new UnfitAnswerException("the first answer has " + first.rows() + " rows of " + total + ", where "
                    + options.pageSize() + " were asked for. Set pageSize to what the server gives at most");
        }
        if (total > options.pageSize()) {
            // One that did not know the parameter of the page would give the first one again and again.
            reading.read(0, Math.min(total, 2L * options.pageSize()), (page, at, index) -> true);
        }
    }

    private SourceSplits whole(Version version, TableReading.Seen first) {
        Split split = version.isKnown() ? new Split.Rows(version.toString(), 0, null) : new Split.Whole(null);
        String why = switch (options.paging()) {
            case NONE ->
                version.isKnown()
                        ? "one answer, by whose tag a change is told"
                        : "one answer, without a tag by which a change since the plan could be told";
            case CURSOR, LINK -> "each page says where the next one is" + SHIFT;
            case PAGE, OFFSET -> "nobody says how many rows there are (option total)" + SHIFT;
        };
        boolean linked = options.paging() == Paging.CURSOR || options.paging() == Paging.LINK;
        boolean single = linked && reading.next(first) == null;
        return new SourceSplits(
                List.of(new PlannedSplit(split, version.total() == null ? -1 : version.total(), -1)),
                "not split: " + why + (single ? "; the first answer names no next page, so it is all there is" : ""));
    }

    private List<PlannedSplit> parts(Version version, long first, long end, long each, long bytesOfRow) {
        List<PlannedSplit> parts = new ArrayList<>();
        for (long from = first; from < end || parts.isEmpty(); from += each) {
            long to = Math.min(end, from + each);
            parts.add(new PlannedSplit(
                    new Split.Rows(version.toString(), from, to), to - from, (to - from) * bytesOfRow));
        }
        return parts;
    }

    /** Halves that begin where pages do. */
    SourceSplits again(PlannedSplit split) {
        @Nullable Long end = split.split() instanceof Split.Rows rows ? rows.end() : null;
        if (!(split.split() instanceof Split.Rows part)
                || end == null
                || !options.paging().isNumbered()) {
            return new SourceSplits(List.of(split), "it has no parts");
        }
        long pages = (end - part.first() + options.pageSize() - 1) / options.pageSize();
        long half = Math.max(1, (pages + 1) / 2) * options.pageSize();
        long bytes = split.estimatedRows() > 0 && split.estimatedBytes() > 0
                ? split.estimatedBytes() / split.estimatedRows()
                : 0;
        List<PlannedSplit> parts = parts(Version.parse(part.version()), part.first(), end, half, bytes);
        return parts.size() == 1
                ? new SourceSplits(List.of(split), "a page is not split")
                : new SourceSplits(parts, "halves of a range of pages");
    }
}
