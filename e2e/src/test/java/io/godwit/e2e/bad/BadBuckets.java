package io.godwit.e2e.bad;

import static io.godwit.e2e.bad.Bad.connection;

import io.godwit.connector.file.s3.S3Server;
import java.util.List;

/** Buckets. */
final class BadBuckets implements BadKind {
    private final String bucket = S3Server.create();

    @Override
    public List<Bad> places() {
        return List.of(
                Bad.source(
                        "bucket that is not there",
                        s3("no-such-bucket", "GODWIT_TEST_PASSWORD"),
                        "SOURCE_LOGIN_REFUSED",
                        "no-such-bucket"),
                Bad.source("wrong key of a bucket", s3(bucket, "HOME"), "SOURCE_LOGIN_REFUSED", "bad"),
                Bad.source(
                        "path in place of a bucket",
                        s3("../etc", "GODWIT_TEST_PASSWORD"),
                        "CONNECTION_OPTION_REFUSED",
                        "bucket"));
    }

    private static String s3(String database, String secret) {
        return connection(
                "s3",
                "host: 127.0.0.1\nport: " + S3Server.port() + "\ndatabase: " + database + "\nuser: " + S3Server.USER
                        + "\nsecret: env:" + secret,
                "sslMode: disable");
    }
}
