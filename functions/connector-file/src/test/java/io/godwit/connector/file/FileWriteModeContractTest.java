package io.godwit.connector.file;

import io.godwit.connector.kit.WriteModeContract;
import java.util.Map;

class FileWriteModeContractTest extends WriteModeContract {
    FileWriteModeContractTest() {
        super(new FolderSink(Map.of("compression", "gzip")));
    }
}
