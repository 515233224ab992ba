/** Files on a server that speaks SFTP: a place for the connector of files. */
@NullMarked
package io.godwit.connector.file.sftp;

import org.jspecify.annotations.NullMarked;
