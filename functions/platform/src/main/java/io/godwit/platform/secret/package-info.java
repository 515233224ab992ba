/** Secrets, fetched at the moment of use by their references, and never kept. */
@NullMarked
package io.godwit.platform.secret;

import org.jspecify.annotations.NullMarked;
