package io.godwit.connector.file.s3;

import io.godwit.connector.file.store.FileStore;
import io.godwit.connector.file.store.NewFile;
import io.godwit.connector.file.store.Paths;
import io.godwit.connector.file.store.StoredFile;
import io.godwit.connector.file.store.UnfitFilesException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket, or what is below one folder's name in it. Folders are not there by themselves: they are in the keys. */
final class S3Store implements FileStore {
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final S3Client client;
    private final String server;
    private final String bucket;
    private final String prefix;

    /**
     * @param server as {@link S3Endpoint#server} names it
     * @param folder empty: the whole bucket
     */
    S3Store(S3Client client, String server, String bucket, String folder) {
        this.client = client;
        this.server = server;
        this.bucket = bucket;
        this.prefix = folder.isEmpty() ? "" : folder + "/";
    }

    @Override
    public String product() throws IOException {
        S3Call.of("bucket " + bucket, () -> client.headBucket(request -> request.bucket(bucket)));
        return "bucket " + bucket;
    }

    @Override
    public String place(String folder) {
        return server + " " + bucket + "/" + key(folder);
    }

    @Override
    public List<StoredFile> list(String folder, int most, boolean hidden) throws IOException {
        String below = below(folder);
        List<StoredFile> found = new ArrayList<>();
        each(below, object -> {
            String name = object.key().substring(below.length());
            boolean leftOut = !hidden && (name.startsWith(".") || name.contains("/."));
            // A console's "folder" is an object of that name with nothing in it.
            if (leftOut || (name.endsWith("/") && object.size() == 0)) {
                return true;
            }
            found.add(
                    new StoredFile(Paths.check(object.key().substring(prefix.length())), object.size(), object.eTag()));
            return found.size() <= most;
        });
        if (found.size() > most) {
            throw new UnfitFilesException("more than " + most + " files are below " + bucket + "/" + below);
        }
        found.sort(Comparator.comparing(StoredFile::path));
        return found;
    }

    @FunctionalInterface
    private interface Visitor {
        /** False: no more. */
        boolean visit(S3Object object);
    }

    private void each(String below, Visitor visitor) throws IOException {
        S3Call.of("bucket " + bucket, () -> {
            for (S3Object object : client.listObjectsV2Paginator(
                            request -> request.bucket(bucket).prefix(below))
                    .contents()) {
                if (!visitor.visit(object)) {
                    break;
                }
            }
            return true;
        });
    }

    @Override
    public Optional<StoredFile> find(String path) throws IOException {
        String key = key(path);
        return S3Call.of(path, () -> {
            try {
                HeadObjectResponse head =
                        client.headObject(request -> request.bucket(bucket).key(key));
                return Optional.of(new StoredFile(path, head.contentLength(), head.eTag()));
            } catch (S3Exception e) {
                if (S3Call.isNotFound(e)) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    @Override
    public InputStream open(String path, long first, long length) throws IOException {
        String key = key(path);
        if (length <= 0) {
            return InputStream.nullInputStream();
        }
        boolean open = length > Long.MAX_VALUE - first;
        String range = "bytes=" + first + "-" + (open ? "" : first + length - 1);
        return S3Call.of(path, () -> {
            try {
                return new S3Download(client.getObject(request -> {
                    request.bucket(bucket).key(key);
                    if (first > 0 || !open) {
                        request.range(range);
                    }
                }));
            } catch (S3Exception e) {
                if (e.statusCode() == RANGE_NOT_SATISFIABLE) {
                    return InputStream.nullInputStream(); // the file ends before
                }
                throw e;
            }
        });
    }

    @Override
    public NewFile create(String path) {
        return new S3Upload(client, bucket, key(path));
    }

    @Override
    public void put(String path, byte[] content) throws IOException {
        String key = key(path);
        S3Call.of(
                path,
                () -> client.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(content)));
    }

    @Override
    public void move(String from, String to) throws IOException {
        Optional<StoredFile> source = find(from);
        if (source.isEmpty()) {
            if (find(to).isEmpty()) {
                throw new java.nio.file.NoSuchFileException(from);
            }
            return;
        }
        new S3Copy(client, bucket).copy(key(from), key(to), source.get().bytes());
        delete(from);
    }

    @Override
    public void delete(String path) throws IOException {
        String key = key(path);
        S3Call.of(
                path,
                () -> client.deleteObject(request -> request.bucket(bucket).key(key)));
    }

    /** One by one: not every server of the protocol deletes many at once. */
    @Override
    public void deleteFolder(String path) throws IOException {
        String below = below(path);
        List<String> keys = new ArrayList<>();
        each(below, object -> keys.add(object.key()));
        for (String key : keys) {
            S3Call.of(
                    key,
                    () -> client.deleteObject(request -> request.bucket(bucket).key(key)));
        }
        abortUploads(below);
    }

    /** What a writer that was killed had begun takes room, and shows in no list of objects. */
    private void abortUploads(String below) throws IOException {
        List<MultipartUpload> begun =
                S3Call.of(
                        "bucket " + bucket,
                        () -> client
                                .listMultipartUploadsPaginator(
                                        request -> request.bucket(bucket).prefix(below))
                                .uploads()
                                .stream()
                                .toList());
        for (MultipartUpload upload : begun) {
            S3Call.of(
                    upload.key(),
                    () -> client.abortMultipartUpload(
                            request -> request.bucket(bucket).key(upload.key()).uploadId(upload.uploadId())));
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private String key(String path) {
        return prefix + Paths.check(path);
    }

    private String below(String folder) {
        return folder.isEmpty() ? prefix : key(folder) + "/";
    }

    /** Closed before its end, the rest is not fetched. */
    private static final class S3Download extends InputStream {
        private final ResponseInputStream<GetObjectResponse> in;
        private boolean ended;

        S3Download(ResponseInputStream<GetObjectResponse> in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            int read = in.read(to, offset, length);
            ended = read < 0;
            return read;
        }

        @Override
        public void close() throws IOException {
            if (ended) {
                in.close();
            } else {
                in.abort();
            }
        }
    }
}
