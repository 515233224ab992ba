/** The reader function: the only one that touches sources. */
@NullMarked
package io.godwit.reader;

import org.jspecify.annotations.NullMarked;
