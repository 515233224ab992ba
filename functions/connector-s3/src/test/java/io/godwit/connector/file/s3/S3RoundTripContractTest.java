package io.godwit.connector.file.s3;

import io.godwit.connector.file.FileRoundTrip;
import java.util.Map;

class S3RoundTripContractTest extends FileRoundTrip {
    S3RoundTripContractTest() {
        super(S3Server.bucket(Map.of("format", "jsonl", "compression", "gzip")));
    }
}
