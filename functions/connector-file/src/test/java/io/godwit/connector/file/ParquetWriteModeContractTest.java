package io.godwit.connector.file;

import io.godwit.connector.kit.WriteModeContract;
import java.util.Map;

class ParquetWriteModeContractTest extends WriteModeContract {
    ParquetWriteModeContractTest() {
        super(new FolderSink(Map.of("format", "parquet", "compression", "none")));
    }
}
