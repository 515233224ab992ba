package io.godwit.connector.file.sftp;

import io.godwit.connector.file.ControlStoreServer;
import io.godwit.connector.file.FolderSink;
import io.godwit.connector.kit.SinkContract;
import java.util.Map;

class SftpSinkContractTest extends SinkContract {
    SftpSinkContractTest() {
        super(new FolderSink(SftpServer.folder(Map.of("format", "csv"))));
    }

    @Override
    protected void crash() {
        ControlStoreServer.crash();
    }
}
