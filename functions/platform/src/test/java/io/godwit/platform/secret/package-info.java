/** Tests of io.godwit.platform.secret. */
@NullMarked
package io.godwit.platform.secret;

import org.jspecify.annotations.NullMarked;
