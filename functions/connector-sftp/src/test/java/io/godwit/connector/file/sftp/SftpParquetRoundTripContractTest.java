package io.godwit.connector.file.sftp;

import io.godwit.connector.file.FileRoundTrip;
import java.util.Map;

class SftpParquetRoundTripContractTest extends FileRoundTrip {
    SftpParquetRoundTripContractTest() {
        super(SftpServer.folder(Map.of("format", "parquet", "partition", "c1 bool")));
    }
}
