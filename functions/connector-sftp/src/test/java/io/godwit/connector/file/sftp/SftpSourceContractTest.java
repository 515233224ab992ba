package io.godwit.connector.file.sftp;

import io.godwit.connector.file.FolderSource;
import io.godwit.connector.kit.SourceContract;
import java.util.Map;

class SftpSourceContractTest extends SourceContract {
    SftpSourceContractTest() {
        super(new FolderSource(SftpServer.folder(Map.of())));
    }

    @Override
    protected int mostColumns() {
        return 1600;
    }

    @Override
    protected boolean holdsSnapshots() {
        return false;
    }
}
