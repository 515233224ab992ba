/** What a process lends to connectors. */
@NullMarked
package io.godwit.connector;

import org.jspecify.annotations.NullMarked;
