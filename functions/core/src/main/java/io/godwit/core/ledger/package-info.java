/** Exactly once, from one idea: a subtask is written in one sink transaction, and the ledger's primary key decides. */
@NullMarked
package io.godwit.core.ledger;

import org.jspecify.annotations.NullMarked;
