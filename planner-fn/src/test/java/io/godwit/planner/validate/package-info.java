/** Tests of the comparison of both sides. */
@NullMarked
package io.godwit.planner.validate;

import org.jspecify.annotations.NullMarked;
