package io.godwit.connector.file.s3;

import io.godwit.connector.file.ControlStoreServer;
import io.godwit.connector.file.FolderSink;
import io.godwit.connector.kit.SinkContract;
import java.util.Map;

class S3SinkContractTest extends SinkContract {
    S3SinkContractTest() {
        super(new FolderSink(S3Server.bucket(Map.of("format", "csv"))));
    }

    @Override
    protected void crash() {
        ControlStoreServer.crash();
    }
}
