package io.godwit.connector.file.s3;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyPartResult;

/**
 * Copies an object within its bucket, at the server: one of more than 1 GiB in parts, as 5 GiB is the protocol's limit.
 */
final class S3Copy {
    private static final long PART_BYTES = 1L << 30;

    private final S3Client client;
    private final String bucket;
    private final long partBytes;

    S3Copy(S3Client client, String bucket) {
        this(client, bucket, PART_BYTES);
    }

    /** @param partBytes at least 5 MiB */
    S3Copy(S3Client client, String bucket, long partBytes) {
        this.client = client;
        this.bucket = bucket;
        this.partBytes = partBytes;
    }

    void copy(String from, String to, long bytes) throws IOException {
        if (bytes <= partBytes) {
            S3Call.of(
                    from,
                    () -> client.copyObject(request -> request.sourceBucket(bucket)
                            .sourceKey(from)
                            .destinationBucket(bucket)
                            .destinationKey(to)));
            return;
        }
        String upload = S3Call.of(
                        to,
                        () -> client.createMultipartUpload(
                                request -> request.bucket(bucket).key(to)))
                .uploadId();
        try {
            List<CompletedPart> parts = new ArrayList<>();
            for (long first = 0; first < bytes; first += partBytes) {
                parts.add(part(from, to, upload, parts.size() + 1, first, Math.min(first + partBytes, bytes)));
            }
            S3Call.of(
                    to,
                    () -> client.completeMultipartUpload(request ->
                            request.bucket(bucket).key(to).uploadId(upload).multipartUpload(all -> all.parts(parts))));
        } catch (IOException e) {
            S3Call.of(
                    to,
                    () -> client.abortMultipartUpload(
                            request -> request.bucket(bucket).key(to).uploadId(upload)));
            throw e;
        }
    }

    private CompletedPart part(String from, String to, String upload, int number, long first, long end)
            throws IOException {
        CopyPartResult copied = S3Call.of(
                        from,
                        () -> client.uploadPartCopy(request -> request.sourceBucket(bucket)
                                .sourceKey(from)
                                .copySourceRange("bytes=" + first + "-" + (end - 1))
                                .destinationBucket(bucket)
                                .destinationKey(to)
                                .uploadId(upload)
                                .partNumber(number)))
                .copyPartResult();
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(copied.eTag())
                .checksumCRC32(copied.checksumCRC32())
                .build();
    }
}
