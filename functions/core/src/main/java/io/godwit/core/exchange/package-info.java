/** Where rows wait between a reader and a writer: partitions, exact ranges of offsets, batches. */
@NullMarked
package io.godwit.core.exchange;

import org.jspecify.annotations.NullMarked;
