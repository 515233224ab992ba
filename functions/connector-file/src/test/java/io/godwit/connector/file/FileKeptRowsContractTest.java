package io.godwit.connector.file;

import io.godwit.connector.kit.KeptRowsContract;
import java.util.Map;

class FileKeptRowsContractTest extends KeptRowsContract {
    FileKeptRowsContractTest() {
        super(new FolderSink(Map.of("format", "csv")));
    }
}
