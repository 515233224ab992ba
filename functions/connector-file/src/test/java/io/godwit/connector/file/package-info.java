/** The contract kit against files on a disk, with the ledger in a real control store. */
@NullMarked
package io.godwit.connector.file;

import org.jspecify.annotations.NullMarked;
