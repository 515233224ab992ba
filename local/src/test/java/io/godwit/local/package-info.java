/** What the command makes of its words, and of what a server answers. */
@NullMarked
package io.godwit.local;

import org.jspecify.annotations.NullMarked;
