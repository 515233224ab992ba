package io.godwit.connector.http;

import java.net.URI;

/**
 * A request for some rows.
 *
 * @param place what it is called to people: its path, with its number; no cursor, which may hold a value
 * @param first the number of its first row in the table
 * @param size how many rows are asked for; 0: as many as the server likes
 * @param ordinal of the request, from 0
 */
record Page(URI uri, String place, long first, long size, long ordinal) {}
