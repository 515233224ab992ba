package io.godwit.connector.file.s3;

import io.godwit.connector.Hosts;
import io.godwit.connector.file.store.Paths;
import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Connection;
import io.godwit.core.port.SecretResolver;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/**
 * Where a connection's bucket is.
 *
 * @param folder below which its files lie; empty: the whole bucket
 */
record S3Endpoint(Connection connection, String bucket, String folder) {
    static final int DEFAULT_PORT = 443;
    static final Set<String> OPTIONS = Set.of("region", "sslMode");

    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,40}");
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final String AWS = "amazonaws.com";
    private static final String STANDARD_REGION = "us-east-1";

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofMinutes(1);
    /** One request with all its repetitions. */
    private static final Duration CALL = Duration.ofMinutes(10);

    /** @throws GodwitException CONNECTION_OPTION_REFUSED */
    static S3Endpoint of(Connection connection) {
        String[] place = connection.database().split("/", 2);
        if (!BUCKET.matcher(place[0]).matches()) {
            throw refused(
                    connection,
                    "database: " + place[0] + " is not the name of a bucket",
                    "Write bucket, or bucket/folder: 3 to 63 of a to z, 0 to 9, - and .");
        }
        String folder = place.length == 1 ? "" : place[1].replaceFirst("/$", "");
        if (!folder.isEmpty()) {
            try {
                Paths.check(folder);
            } catch (IllegalArgumentException e) {
                throw refused(connection, "database: " + e.getMessage(), "Write bucket/folder, without . and ..");
            }
        }
        if (connection.host() != null) {
            Hosts.of(connection);
        }
        if ((connection.user() == null) != (connection.secret() == null)) {
            throw refused(
                    connection,
                    "one of user and secret is missing",
                    "Give both: the id of the access key, and a reference to the key. Or neither, for a public bucket.");
        }
        return new S3Endpoint(connection, place[0], folder);
    }

    /** Asks nothing of the machine that it runs on: no profile, no metadata service. */
    S3Client client(SecretResolver secrets) {
        S3ClientBuilder client = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(ANSWER))
                .overrideConfiguration(configuration -> configuration
                        .apiCallTimeout(CALL)
                        .defaultProfileFile(ProfileFile.aggregator().build()))
                .region(Region.of(region()))
                .credentialsProvider(credentials(secrets));
        URI address = address();
        if (address != null) {
            // Servers other than AWS's know addresses by path, and rarely bodies in signed pieces with a checksum
            // behind.
            client.endpointOverride(address)
                    .serviceConfiguration(S3Configuration.builder()
                            .pathStyleAccessEnabled(true)
                            .chunkedEncodingEnabled(false)
                            .build())
                    .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                    .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        }
        return client.build();
    }

    private AwsCredentialsProvider credentials(SecretResolver secrets) {
        return connection.user() == null || connection.secret() == null
                ? AnonymousCredentialsProvider.create()
                : StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(connection.user(), secrets.resolve(connection.secret())));
    }

    /** Null: AWS's own, of the region. */
    private java.net.@org.jspecify.annotations.Nullable URI address() {
        String host = connection.host();
        boolean plain = isPlain();
        if (host == null) {
            return null;
        }
        Integer port = connection.port();
        return URI.create((plain ? "http://" : "https://")
                + Hosts.inUrl(host)
                + ":"
                + (port == null ? (plain ? 80 : DEFAULT_PORT) : port));
    }

    /**
     * One name for one server, whichever connection leads to it. All of AWS is one: a bucket's name is its only one.
     */
    String server() {
        java.net.URI address = address();
        if (address == null) {
            return AWS;
        }
        String host = address.getHost().toLowerCase(Locale.ROOT);
        return host.endsWith("." + AWS) || host.endsWith("." + AWS + ".cn") ? AWS : host + ":" + address.getPort();
    }

    private boolean isPlain() {
        String mode = connection.options().getOrDefault("sslMode", "verify-full");
        if (!mode.equals("verify-full") && !mode.equals("disable")) {
            throw refused(connection, "option sslMode is neither verify-full nor disable", "Write one of the two.");
        }
        return mode.equals("disable");
    }

    private String region() {
        String region = connection.options().getOrDefault("region", STANDARD_REGION);
        if (!REGION.matcher(region).matches()) {
            throw refused(connection, "option region is no region", "Write one such as eu-central-1.");
        }
        return region;
    }

    private static GodwitException refused(Connection connection, String why, String remedy) {
        return new GodwitException(
                ErrorCode.CONNECTION_OPTION_REFUSED, "connection " + connection.name() + ": " + why, remedy);
    }
}
