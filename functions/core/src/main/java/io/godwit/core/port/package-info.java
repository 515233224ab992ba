/** What the functions need of the world; adapters live in platform and in connectors. */
@NullMarked
package io.godwit.core.port;

import org.jspecify.annotations.NullMarked;
