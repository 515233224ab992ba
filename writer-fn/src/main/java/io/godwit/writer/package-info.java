/** The writer function: the only one that touches sinks. */
@NullMarked
package io.godwit.writer;

import org.jspecify.annotations.NullMarked;
