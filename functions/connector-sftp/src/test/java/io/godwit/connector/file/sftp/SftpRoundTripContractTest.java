package io.godwit.connector.file.sftp;

import io.godwit.connector.file.FileRoundTrip;
import java.util.Map;

class SftpRoundTripContractTest extends FileRoundTrip {
    SftpRoundTripContractTest() {
        super(SftpServer.folder(Map.of("format", "jsonl", "compression", "gzip")));
    }
}
