/**
 * The language of columns and filters: parsed and checked in the plan, evaluated in the reader row by row. Pure; keys
 * come in as an interface.
 */
@NullMarked
package io.godwit.core.expression;

import org.jspecify.annotations.NullMarked;
