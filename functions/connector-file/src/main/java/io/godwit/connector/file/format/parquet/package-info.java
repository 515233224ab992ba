/**
 * Parquet: the encodings are parquet-column's, the file around them is written and read here, without Hadoop.
 *
 * <ul>
 *   <li>A value that Godwit wrote is read back as the same bytes; a value that another program wrote is read as what it
 *       is, or refused with its file, row and column.
 *   <li>Whoever writes holds one group of rows in memory, of bounded bytes; whoever reads holds a page of each column,
 *       and no more than {@link io.godwit.connector.file.format.parquet.ChunkBytes} and
 *       {@link io.godwit.connector.file.format.parquet.ColumnPages} allow, whatever the file declares.
 *   <li>A file that is damaged ends with {@link io.godwit.connector.file.store.UnfitFilesException}, never with another
 *       exception of the libraries below.
 * </ul>
 */
@NullMarked
package io.godwit.connector.file.format.parquet;

import org.jspecify.annotations.NullMarked;
