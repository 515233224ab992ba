/** Tests of io.godwit.platform.store. */
@NullMarked
package io.godwit.platform.store;

import org.jspecify.annotations.NullMarked;
