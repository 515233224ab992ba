/** What every function is served with: Funqy's events as ours, and what a broker is answered when a function fails. */
@NullMarked
package io.godwit.serving;

import org.jspecify.annotations.NullMarked;
