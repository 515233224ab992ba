package io.godwit.connector.file.s3;

import io.godwit.connector.file.FileRoundTrip;
import java.util.Map;

class S3ParquetRoundTripContractTest extends FileRoundTrip {
    S3ParquetRoundTripContractTest() {
        super(S3Server.bucket(Map.of("format", "parquet", "partition", "c1 bool")));
    }
}
