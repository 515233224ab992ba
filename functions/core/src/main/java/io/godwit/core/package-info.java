/**
 * Godwit's vocabulary and its pure decisions: no I/O, no framework, nothing but Jackson annotations and JSpecify.
 *
 * <p>One word per idea, the same in code, JSON, topics, tables, documentation and on screen.
 */
@NullMarked
package io.godwit.core;

import org.jspecify.annotations.NullMarked;
