/**
 * The events by which functions tell each other what to do and what was done: ids and counts, never rows, never
 * secrets.
 */
@NullMarked
package io.godwit.core.event;

import org.jspecify.annotations.NullMarked;
