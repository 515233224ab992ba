/** Everything that a run will do, decided before anything is done. */
@NullMarked
package io.godwit.core.plan;

import org.jspecify.annotations.NullMarked;
