/** Files in a bucket of an object store that speaks S3's protocol: a place for the connector of files. */
@NullMarked
package io.godwit.connector.file.s3;

import org.jspecify.annotations.NullMarked;
