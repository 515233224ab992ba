/** The contract kit against a server that speaks S3's protocol. */
@NullMarked
package io.godwit.connector.file.s3;

import org.jspecify.annotations.NullMarked;
