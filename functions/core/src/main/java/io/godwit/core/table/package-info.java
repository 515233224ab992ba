/** Tables as a connector describes them, in words that no single database owns. */
@NullMarked
package io.godwit.core.table;

import org.jspecify.annotations.NullMarked;
