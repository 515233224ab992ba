/** A run and its parts: ids that say where a thing belongs, states, and counts that prove what happened. */
@NullMarked
package io.godwit.core.run;

import org.jspecify.annotations.NullMarked;
