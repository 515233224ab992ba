package io.godwit.connector.http;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The requests that bring a table's rows, under the paging of its connection. */
final class Pages {
    private final HttpOptions options;
    private final Endpoint endpoint;
    private final String path;
    private final Parameters query;

    /** @param query of the job's condition */
    Pages(HttpOptions options, Endpoint endpoint, String path, Parameters query) {
        this.options = options;
        this.endpoint = endpoint;
        this.path = path;
        this.query = options.fixed().plus(query);
    }

    /** The request that begins with a row, which of pages by number is the first of one. */
    Page at(long row, @Nullable Long end, long ordinal) {
        long size = options.pageSize();
        return switch (options.paging()) {
            case PAGE -> {
                long number = row / size + options.firstPage();
                yield page(
                        query.plus(options.parameter("pageParameter"), number)
                                .plus(options.parameter("sizeParameter"), size),
                        "?" + options.parameter("pageParameter") + "=" + number,
                        row,
                        size,
                        ordinal);
            }
            case OFFSET -> {
                long most = end == null ? size : Math.min(size, Math.max(1, end - row));
                yield page(
                        query.plus(options.parameter("offsetParameter"), row)
                                .plus(options.parameter("sizeParameter"), most),
                        "?" + options.parameter("offsetParameter") + "=" + row,
                        row,
                        most,
                        ordinal);
            }
            case CURSOR, LINK -> page(size == 0 ? query : sized(), "", row, 0, ordinal);
            case NONE -> page(query, "", row, 0, ordinal);
        };
    }

    /** The request for what follows, with the token that the answer before gave. */
    Page after(Page page, String cursor, long row) {
        Parameters all = options.pageSize() == 0 ? query : sized();
        return page(
                all.plus(options.parameter("cursorParameter"), cursor),
                ", answer " + (page.ordinal() + 2),
                row,
                0,
                page.ordinal() + 1);
    }

    /** The request for what follows, at the address that the answer before gave. */
    Page after(Page page, URI address, long row) {
        return new Page(
                address,
                endpoint.base() + Paths.encoded(path) + ", answer " + (page.ordinal() + 2),
                row,
                0,
                page.ordinal() + 1);
    }

    private Parameters sized() {
        return query.plus(options.parameter("sizeParameter"), options.pageSize());
    }

    private Page page(Parameters all, String number, long row, long size, long ordinal) {
        URI uri = endpoint.uri(path, all);
        return new Page(uri, uri.getRawPath() + number, row, size, ordinal);
    }
}
