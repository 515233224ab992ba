/**
 * Files as sources and sinks: folders of CSV, JSON lines and Parquet on a disk. A table is a file, or a folder with all
 * files in it; a table that is written is a folder whose manifest lists immutable files.
 */
@NullMarked
package io.godwit.connector.file;

import org.jspecify.annotations.NullMarked;
