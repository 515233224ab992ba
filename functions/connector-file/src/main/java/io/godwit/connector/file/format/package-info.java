/**
 * What is in files: rows as CSV and JSON lines, to and from the wire's tuples. A format knows nothing of where files
 * lie.
 */
@NullMarked
package io.godwit.connector.file.format;

import org.jspecify.annotations.NullMarked;
