package io.godwit.connector.file;

import java.util.Map;

class PartitionedBrokenPublishingContractTest extends FileBrokenPublishing {
    private static final Folder FOLDER = new Folder(Map.of("format", "parquet", "partition", "name"));

    PartitionedBrokenPublishingContractTest() {
        super(FOLDER);
    }
}
