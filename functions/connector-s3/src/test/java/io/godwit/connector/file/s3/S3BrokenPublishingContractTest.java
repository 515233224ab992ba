package io.godwit.connector.file.s3;

import io.godwit.connector.file.FileBrokenPublishing;
import io.godwit.connector.file.Folder;
import java.util.Map;

class S3BrokenPublishingContractTest extends FileBrokenPublishing {
    private static final Folder BUCKET = S3Server.bucket(Map.of());

    S3BrokenPublishingContractTest() {
        super(BUCKET);
    }
}
