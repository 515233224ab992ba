/** The files that rows of a quarantine are exported into. */
@NullMarked
package io.godwit.local.report;

import org.jspecify.annotations.NullMarked;
