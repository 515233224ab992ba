package io.godwit.connector.file.sftp;

import io.godwit.connector.file.FolderSink;
import io.godwit.connector.kit.WriteModeContract;
import java.util.Map;

class SftpWriteModeContractTest extends WriteModeContract {
    SftpWriteModeContractTest() {
        super(new FolderSink(SftpServer.folder(Map.of())));
    }
}
