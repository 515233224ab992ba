/** What went wrong, where, and what to do next: coded errors that every function shares. */
@NullMarked
package io.godwit.core.error;

import org.jspecify.annotations.NullMarked;
