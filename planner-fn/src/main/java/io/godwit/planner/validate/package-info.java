/**
 * Both sides of a run, read again. What is compared are the rows of the sources through their mapping and the rows of
 * the target, by number and digest, and where these differ by key; memory is bounded by the keys of one bucket.
 */
@NullMarked
package io.godwit.planner.validate;

import org.jspecify.annotations.NullMarked;
