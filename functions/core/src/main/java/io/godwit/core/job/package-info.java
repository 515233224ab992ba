/** The job file as users write it, checked and typed: connections, jobs, steps, mappings. */
@NullMarked
package io.godwit.core.job;

import org.jspecify.annotations.NullMarked;
