/**
 * What scenarios stand on: two PostgreSQL servers, the packaged command as a child process, and a row-by-row
 * comparison.
 */
@NullMarked
package io.godwit.e2e.harness;

import org.jspecify.annotations.NullMarked;
