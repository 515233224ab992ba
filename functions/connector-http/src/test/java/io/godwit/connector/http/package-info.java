/** The contract kit, and what the kit does not know, against a server of this process that speaks HTTP. */
@NullMarked
package io.godwit.connector.http;

import org.jspecify.annotations.NullMarked;
