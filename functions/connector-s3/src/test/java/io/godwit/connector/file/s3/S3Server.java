package io.godwit.connector.file.s3;

import static java.util.Objects.requireNonNull;

import io.godwit.connector.file.Folder;
import io.godwit.core.job.Connection;
import io.godwit.core.job.Connection.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.TransientApiMetadata;
import org.jclouds.blobstore.domain.Blob;
import org.jclouds.blobstore.domain.StorageMetadata;
import org.jclouds.blobstore.options.ListContainerOptions;

/** S3Proxy, which keeps its objects in memory: a server that checks signatures, and knows uploads in parts. */
public final class S3Server {
    public static final String USER = "godwit";
    public static final String SECRET = "correct horse";

    private static final int MOST_LISTED = 1000;

    private static final AtomicInteger BUCKETS = new AtomicInteger();
    private static final BlobStore BLOBS = ContextBuilder.newBuilder(new TransientApiMetadata())
            .build(BlobStoreContext.class)
            .getBlobStore();
    private static final int PORT = start();

    private S3Server() {}

    private static int start() {
        S3Proxy server = S3Proxy.builder()
                .blobStore(BLOBS)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, USER, SECRET)
                .build();
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("the S3 server does not start", e);
        }
        return server.getPort();
    }

    /** Where it answers, on this machine's own address. */
    public static int port() {
        return PORT;
    }

    /** A folder in a bucket of its own. */
    static Folder bucket(Map<String, String> options) {
        return new Folder(new S3Connector(), connection(create() + "/in/here", options));
    }

    /** Makes a bucket. */
    public static String create() {
        String bucket = "bucket-" + BUCKETS.incrementAndGet();
        BLOBS.createContainerInLocation(null, bucket);
        return bucket;
    }

    /** All objects of a bucket, by key; a thousand at most. */
    public static Map<String, byte[]> objects(String bucket) throws IOException {
        Map<String, byte[]> objects = new TreeMap<>();
        for (StorageMetadata object :
                BLOBS.list(bucket, ListContainerOptions.Builder.recursive().maxResults(MOST_LISTED))) {
            Blob blob = requireNonNull(BLOBS.getBlob(bucket, object.getName()));
            try (InputStream in = requireNonNull(blob.getPayload()).openStream()) {
                objects.put(object.getName(), in.readAllBytes());
            }
        }
        return objects;
    }

    static Connection connection(String database, Map<String, String> options) {
        Map<String, String> all = new HashMap<>(options);
        all.put("sslMode", "disable");
        return new Connection("lake", "s3", "127.0.0.1", port(), database, USER, SECRET, all, Limits.NONE, List.of());
    }
}
