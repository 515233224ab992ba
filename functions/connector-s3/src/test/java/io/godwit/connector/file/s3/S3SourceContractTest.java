package io.godwit.connector.file.s3;

import io.godwit.connector.file.FolderSource;
import io.godwit.connector.kit.SourceContract;
import java.util.Map;

class S3SourceContractTest extends SourceContract {
    S3SourceContractTest() {
        super(new FolderSource(S3Server.bucket(Map.of())));
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
