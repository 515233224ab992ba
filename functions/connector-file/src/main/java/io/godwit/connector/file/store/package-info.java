/** Where files lie. A store knows paths and bytes, and nothing of what is in them. */
@NullMarked
package io.godwit.connector.file.store;

import org.jspecify.annotations.NullMarked;
