/** The contract kit against OpenSSH's server of files. */
@NullMarked
package io.godwit.connector.file.sftp;

import org.jspecify.annotations.NullMarked;
