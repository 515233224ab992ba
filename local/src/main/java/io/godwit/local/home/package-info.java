/**
 * The folder in which Godwit keeps what must outlive a command: the control store, the exchange, a lock that one
 * process holds, and how to reach that process.
 */
@NullMarked
package io.godwit.local.home;

import org.jspecify.annotations.NullMarked;
