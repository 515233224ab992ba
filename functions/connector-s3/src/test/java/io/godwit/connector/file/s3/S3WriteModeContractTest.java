package io.godwit.connector.file.s3;

import io.godwit.connector.file.FolderSink;
import io.godwit.connector.kit.WriteModeContract;
import java.util.Map;

class S3WriteModeContractTest extends WriteModeContract {
    S3WriteModeContractTest() {
        super(new FolderSink(S3Server.bucket(Map.of())));
    }
}
