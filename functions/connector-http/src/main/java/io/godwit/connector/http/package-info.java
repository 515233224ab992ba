/**
 * Tables that are resources of a REST interface: lists of JSON objects, whole or in pages. What is read is what one
 * order of the server's holds: answers that contradict each other, or what was planned, end the reading. No request
 * leaves the connection's origin. Memory is bounded by a row.
 */
@NullMarked
package io.godwit.connector.http;

import org.jspecify.annotations.NullMarked;
