package io.godwit.connector.http;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * One reading of rows of a table, page by page. What tells that the pages were not of one list of rows ends it: another
 * total or tag, a page with fewer or more rows than there have to be, one page twice, a cursor that was there before.
 */
final class TableReading {
    /** More than any interface is read by; an endless one ends here. */
    private static final long MOST_PAGES = 1_000_000;

    private final HttpOptions options;
    private final Requests requests;
    private final HttpErrors errors;
    private final Pages pages;
    private final Version planned;
    private final long maxRowBytes;
    private final Deadline deadline;
    private final Recurrence recurrence = new Recurrence();
    private @Nullable Long total;
    private boolean wasShort;
    private long fingerprint;

    TableReading(
            HttpOptions options,
            Requests requests,
            HttpErrors errors,
            Pages pages,
            Version planned,
            long maxRowBytes,
            Deadline deadline) {
        this.options = options;
        this.requests = requests;
        this.errors = errors;
        this.pages = pages;
        this.planned = planned;
        this.total = planned.total();
        this.maxRowBytes = maxRowBytes;
        this.deadline = deadline;
    }

    /** Takes rows with the page that they are on. */
    @FunctionalInterface
    interface Rows {
        /** @return whether to go on */
        boolean row(Page page, Scanner at, long index) throws IOException;
    }

    /**
     * Reads the rows from one number to another, exclusive.
     *
     * @param end null: to the last
     */
    void read(long first, @Nullable Long end, Rows rows) throws IOException {
        Page page = pages.at(first, end == null ? total : end, 0);
        while (page != null) {
            if (page.ordinal() > MOST_PAGES) {
                throw new UnfitAnswerException("there is no end of pages, after " + MOST_PAGES);
            }
            Seen seen = answer(page, rows);
            if (seen.answer().isStopped()) {
                return;
            }
            requireSame(page, seen);
            page = options.paging().isNumbered()
                    ? numbered(page, seen.answer(), end == null ? total : end)
                    : linked(page, seen, first);
        }
    }

    /** Reads the first page alone. */
    Seen first(Rows rows) throws IOException {
        return answer(pages.at(0, null, 0), rows);
    }

    /** An answer, read, and what came with it. */
    record Seen(Answer answer, Response response) {}

    /** Asks for a page and hands its rows over. */
    Seen answer(Page page, Rows rows) throws IOException {
        try (Response response = requests.get(page.uri(), deadline)) {
            Answer answer = new Answer(new Scanner(response.content(), maxRowBytes), options.places());
            requireTag(response);
            try {
                answer.read((at, index) -> rows.row(page, at, index));
            } catch (Scanner.TooLargeException e) {
                throw errors.error(
                        ErrorCode.ROW_TOO_LARGE,
                        place(page, answer.rows()) + ": a row, or what is beside the rows, has " + e.getMessage(),
                        "Raise the limit for rows, or check option rows.",
                        e);
            }
            return new Seen(answer, response);
        } catch (StatusException e) {
            if (e.isNotFound() && page.ordinal() > 0) {
                throw errors.changed(page.place() + " is not there, though the page before was not the last");
            }
            throw errors.ofStatus(e.status(), page.place());
        } catch (UnfitAnswerException e) {
            throw new UnfitAnswerException(page.place() + ": " + e.getMessage());
        }
    }

    /** A row's address: its page, and where it stands in it (RFC 6901). */
    String place(Page page, long index) {
        return page.place() + "#" + options.places().rows() + "/" + index;
    }

    private void requireTag(Response response) {
        if (planned.tag() != null && !planned.tag().equals(response.tag())) {
            throw errors.changed("what the server has there is not what it was when the run was planned");
        }
    }

    private void requireSame(Page page, Seen seen) throws IOException {
        Long said = total(options, seen);
        if (options.hasTotal() && said == null) {
            throw new UnfitAnswerException(page.place() + ": it does not say how many rows there are (option total)");
        }
        if (total != null && said != null && !total.equals(said)) {
            throw errors.changed(page.place() + ": there are " + said + " rows now, " + total + " before");
        }
        total = said == null ? total : said;
        if (options.paging().isNumbered() && seen.answer().rows() > page.size()) {
            throw new UnfitAnswerException(page.place() + ": " + seen.answer().rows() + " rows, where at most "
                    + page.size() + " were asked for: check option sizeParameter");
        }
        boolean again =
                page.ordinal() > 0 && seen.answer().rows() > 0 && seen.answer().fingerprint() == fingerprint;
        if (options.paging().isNumbered() && again) {
            throw new UnfitAnswerException(page.place()
                    + ": the very rows of the page before: check the options that name the paging's parameters");
        }
        fingerprint = seen.answer().fingerprint();
    }

    static @Nullable Long total(HttpOptions options, Seen seen) throws IOException {
        return options.totalHeader() == null
                ? seen.answer().total()
                : seen.response().number(options.totalHeader());
    }

    private @Nullable Page numbered(Page page, Answer answer, @Nullable Long end) throws IOException {
        long reached = page.first() + answer.rows();
        if (end == null) {
            if (answer.rows() > 0 && wasShort) {
                throw new UnfitAnswerException(page.place()
                        + ": rows after a page that was not full: the server gives fewer than asked for. Set pageSize to"
                        + " what it gives");
            }
            // Whether a short page is the last, or as large as the server makes them, the next one says.
            wasShort = answer.rows() < page.size();
            long next = options.paging() == Paging.OFFSET ? reached : page.first() + page.size();
            return answer.rows() == 0 ? null : pages.at(next, null, page.ordinal() + 1);
        }
        long expected = Math.min(page.size(), end - page.first());
        if (answer.rows() != expected) {
            throw errors.changed(page.place() + ": " + answer.rows() + " rows, where there should be " + expected);
        }
        return reached == end ? null : pages.at(reached, end, page.ordinal() + 1);
    }

    private @Nullable Page linked(Page page, Seen seen, long first) throws IOException {
        long reached = page.first() + seen.answer().rows();
        String next = next(seen);
        if (next == null) {
            if (total != null && reached - first != total) {
                throw errors.changed(page.place() + ": the last page, with " + (reached - first) + " rows in all of "
                        + total + " that it says there are"
                        + (options.paging() == Paging.NONE ? ": set option paging" : ""));
            }
            return null;
        }
        if (recurrence.isAgain(next)) {
            throw new UnfitAnswerException(page.place() + ": its next page is one that was there before");
        }
        if (options.paging() == Paging.CURSOR) {
            return pages.after(page, next, reached);
        }
        URI address = requests.own(seen.response().uri(), next, page.place() + ": its next page leads");
        return pages.after(page, address, reached);
    }

    /** What leads to the next page, where pages have no numbers; null: nothing. */
    @Nullable
    String next(Seen seen) {
        return switch (options.paging()) {
            case CURSOR -> seen.answer().next();
            case LINK ->
                options.places().next() == null
                        ? seen.response().next()
                        : seen.answer().next();
            case NONE, PAGE, OFFSET -> null;
        };
    }

    /** Ends the reading where it took longer than it may. */
    void requireTime(String table) {
        if (deadline.isOver()) {
            throw new GodwitException(
                    ErrorCode.SUBTASK_TOO_LARGE,
                    "reading " + table + " took longer than " + deadline,
                    "It is split again.");
        }
    }
}
