/** What must never depend on what, held by tests whose failure says how to mend it. */
@NullMarked
package io.godwit.e2e.architecture;

import org.jspecify.annotations.NullMarked;
