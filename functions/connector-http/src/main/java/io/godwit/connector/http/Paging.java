package io.godwit.connector.http;

/** How an interface cuts a table into answers. */
enum Paging {
    /** One answer holds the whole table. */
    NONE,
    /** By a page's number and size. */
    PAGE,
    /** By the number of the first row and how many. */
    OFFSET,
    /** By a token that the answer before gave. */
    CURSOR,
    /** By an address that the answer before gave: a header {@code Link}, or a key. */
    LINK;

    /** Whether any part of a table can be asked for. */
    boolean isNumbered() {
        return this == PAGE || this == OFFSET;
    }
}
