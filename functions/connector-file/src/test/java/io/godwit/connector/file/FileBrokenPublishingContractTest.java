package io.godwit.connector.file;

import java.util.Map;

class FileBrokenPublishingContractTest extends FileBrokenPublishing {
    private static final Folder FOLDER = new Folder(Map.of());

    FileBrokenPublishingContractTest() {
        super(FOLDER);
    }
}
