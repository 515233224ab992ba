/** The operations centre: folds every event into run history, and serves it. */
@NullMarked
package io.godwit.ops;

import org.jspecify.annotations.NullMarked;
