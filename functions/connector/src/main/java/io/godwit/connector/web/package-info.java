/** Asking servers by HTTP: nothing waits for ever, and no answer is larger than who asks can hold. */
@NullMarked
package io.godwit.connector.web;

import org.jspecify.annotations.NullMarked;
