/** How fast, against {@code psql COPY | psql COPY} in the same run, and where the processor time went. Never a test. */
@NullMarked
package io.godwit.e2e.benchmark;

import org.jspecify.annotations.NullMarked;
