/** Group commit. */
@NullMarked
package io.godwit.planner.act;

import org.jspecify.annotations.NullMarked;
