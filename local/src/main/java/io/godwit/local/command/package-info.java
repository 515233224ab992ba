/** The words of the {@code godwit} command: each asks the API and prints what it answers. */
@NullMarked
package io.godwit.local.command;

import org.jspecify.annotations.NullMarked;
