/** Scenarios, faults and rules that span modules. */
@NullMarked
package io.godwit.e2e;

import org.jspecify.annotations.NullMarked;
