package io.godwit.connector.file.s3;

import io.godwit.connector.file.store.NewFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** An object that is being written: whole if it is small, in parts of 8 MiB otherwise. Holds one part in memory. */
final class S3Upload extends NewFile {
    private static final int PART_BYTES = 8 << 20;
    private static final int FIRST_BYTES = 64 << 10;

    private final S3Client client;
    private final String bucket;
    private final String key;
    private byte[] part = new byte[FIRST_BYTES];
    private final List<CompletedPart> parts = new ArrayList<>();
    private int used;
    private @Nullable String upload;
    private boolean finished;

    S3Upload(S3Client client, String bucket, String key) {
        this.client = client;
        this.bucket = bucket;
        this.key = key;
    }

    @Override
    protected void append(byte[] from, int offset, int length) throws IOException {
        int at = offset;
        while (at < offset + length) {
            int taken = Math.min(offset + length - at, PART_BYTES - used);
            if (used + taken > part.length) {
                // Most files of many at once are small.
                part = Arrays.copyOf(part, Math.min(PART_BYTES, Math.max(2 * part.length, used + taken)));
            }
            System.arraycopy(from, at, part, used, taken);
            at += taken;
            used += taken;
            if (used == PART_BYTES) {
                send();
            }
        }
    }

    @Override
    public void finish() throws IOException {
        if (upload == null) {
            S3Call.of(
                    key,
                    () -> client.putObject(request -> request.bucket(bucket).key(key), body()));
        } else {
            String begun = upload;
            if (used > 0) {
                send();
            }
            S3Call.of(
                    key,
                    () -> client.completeMultipartUpload(request ->
                            request.bucket(bucket).key(key).uploadId(begun).multipartUpload(all -> all.parts(parts))));
        }
        finished = true;
    }

    private void send() throws IOException {
        String begun = upload;
        if (begun == null) {
            begun = S3Call.of(
                            key,
                            () -> client.createMultipartUpload(
                                    request -> request.bucket(bucket).key(key)))
                    .uploadId();
            upload = begun;
        }
        String id = begun;
        int number = parts.size() + 1;
        UploadPartResponse sent = S3Call.of(
                key,
                () -> client.uploadPart(
                        request -> request.bucket(bucket).key(key).uploadId(id).partNumber(number), body()));
        parts.add(CompletedPart.builder()
                .partNumber(number)
                .eTag(sent.eTag())
                .checksumCRC32(sent.checksumCRC32())
                .build());
        used = 0;
    }

    /** May be read again where a request is repeated. */
    private RequestBody body() {
        int length = used;
        byte[] content = part;
        return RequestBody.fromContentProvider(
                () -> new ByteArrayInputStream(content, 0, length), length, "application/octet-stream");
    }

    @Override
    public void close() throws IOException {
        String begun = upload;
        if (!finished && begun != null) {
            S3Call.of(
                    key,
                    () -> client.abortMultipartUpload(
                            request -> request.bucket(bucket).key(key).uploadId(begun)));
        }
    }
}
