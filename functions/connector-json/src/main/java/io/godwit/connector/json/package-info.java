/**
 * Rows as JSON objects, and values as text: what connectors of files, topics and HTTP share. A value is the very bytes
 * that its text says, or is refused; nothing here knows where rows come from.
 */
@NullMarked
package io.godwit.connector.json;

import org.jspecify.annotations.NullMarked;
