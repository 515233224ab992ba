package io.godwit.connector.file;

import java.util.Map;

class ParquetBrokenPublishingContractTest extends FileBrokenPublishing {
    private static final Folder FOLDER = new Folder(Map.of("format", "parquet"));

    ParquetBrokenPublishingContractTest() {
        super(FOLDER);
    }
}
