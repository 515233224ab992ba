/**
 * What a connector is: a source, a sink or both, found by ServiceLoader. Connectors never know each other; they meet in
 * the row format of {@code schemas/batch/} and in the logical types of core.
 */
@NullMarked
package io.godwit.connector;

import org.jspecify.annotations.NullMarked;
